using CallCenter.Api.Http;
using CallCenter.Api.Routing;

namespace CallCenter.Api.Host;

/// <summary>The contract as an OpenAPI 3.1 document. The tests hold it to <see cref="ApiRoutes"/> and to the answers.</summary>
public static class OpenApiDocument
{
    private static readonly byte[] Document = Read();

    /// <summary>The document, UTF-8 JSON.</summary>
    public static ReadOnlyMemory<byte> Utf8 => Document;

    internal static ApiResponse Get(ApiRequest request) => EntityTag.Answer(request, ApiResponse.JsonType, Document);

    private static byte[] Read()
    {
        using var resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
