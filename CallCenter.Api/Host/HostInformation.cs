using CallCenter.Api.Http;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Host;

/// <summary><c>GET /api/health</c>.</summary>
internal static class HostInformation
{
    public static async Task<ApiResponse> HealthAsync(ApiOptions options, IOrchestrationClient client)
    {
        var status = await options.Health(client);
        return new ApiResponse(200, ApiResponse.JsonType, JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status", status);
            writer.WriteString("host", options.HostName);
            writer.WriteEndObject();
        }));
    }
}
