using CallCenter.Api.Http;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Host;

/// <summary><c>GET /api/health</c>.</summary>
internal static class HostInformation
{
    public static ApiResponse Health(ApiOptions options) => new(200, ApiResponse.JsonType, JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status", options.Health());
        writer.WriteString("host", options.HostName);
        writer.WriteEndObject();
    }));
}
