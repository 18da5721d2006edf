using CallCenter.Api.Routing;
using CallCenter.Api.Workflows;

namespace CallCenter.Api.Host;

/// <summary>The contract as an OpenAPI 3.1 document. The tests hold it to <see cref="ApiRoutes"/> and to the answers.</summary>
public static class OpenApiDocument
{
    /// <summary>The document, UTF-8 JSON.</summary>
    public static byte[] Of(IReadOnlyList<ServedWorkflow> workflows) => Read();

    private static byte[] Read()
    {
        using var resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
