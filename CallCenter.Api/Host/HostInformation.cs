using CallCenter.Api.Http;

namespace CallCenter.Api.Host;

/// <summary><c>GET /api/health</c>.</summary>
internal sealed class HostInformation(ApiOptions options)
{
    public ApiResponse Health() => new(200, ApiResponse.JsonType, JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status", options.Health());
        writer.WriteString("host", options.HostName);
        writer.WriteEndObject();
    }));
}
