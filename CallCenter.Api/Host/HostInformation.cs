using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Host;

/// <summary><c>GET /api/health</c>, and the two questions of what starts, stops and watches hosts.</summary>
internal static class HostInformation
{
    /// <summary>Where it is asked whether the program runs at all.</summary>
    public const string LivePath = "/livez";

    /// <summary>Where it is asked whether it takes work.</summary>
    public const string ReadyPath = "/readyz";

    /// <summary>True for the paths that are open to whoever watches a host, who has no key.</summary>
    public static bool IsProbe(string path) =>
        path.Equals(LivePath, StringComparison.OrdinalIgnoreCase) || path.Equals(ReadyPath, StringComparison.OrdinalIgnoreCase);

    public static async Task<ApiResponse> HealthAsync(ApiOptions options, IOrchestrationClient client)
    {
        var health = await options.Health(client);
        return new ApiResponse(200, ApiResponse.JsonType, JsonText.Write(writer => Write(writer, options, health)));
    }

    /// <summary>It answers: no restart would make it better.</summary>
    public static ApiResponse Live() => Probe(200, HostHealth.Ok);

    /// <summary>Whether it takes new work.</summary>
    public static async Task<ApiResponse> ReadyAsync(ApiOptions options, IOrchestrationClient client) =>
        await options.Health(client) is { IsReady: false } health ? Probe(503, health).With("Retry-After", "5") : Probe(200, HostHealth.Ok);

    private static ApiResponse Probe(int status, HostHealth health) => new(status, ApiResponse.JsonType, JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status", health.Status);
        writer.WriteEndObject();
    }));

    private static void Write(Utf8JsonWriter writer, ApiOptions options, HostHealth health)
    {
        writer.WriteStartObject();
        writer.WriteString("status", health.Status);
        writer.WriteString("host", options.HostName);
        writer.WriteString("version", ProductVersion.Number);
        writer.WriteNumber("uptimeSeconds", (long)options.Uptime.TotalSeconds);
        if (health.Backlog is { } backlog)
            writer.WriteNumber("backlog", backlog);
        if (health.Waiting is { } waiting)
            writer.WriteNumber("waiting", waiting);
        if (health.OldestWaiting is { } oldest)
            writer.WriteString("oldestWaiting", oldest);
        if (health.FreeBytes is { } free)
        {
            writer.WriteStartObject("disk");
            writer.WriteNumber("freeBytes", free);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }
}
