using System.IO.Compression;
using System.Security.Cryptography;
using CallCenter.Api.Http;

namespace CallCenter.Api.Console;

/// <summary>One file of the console, as it is and compressed: the whole page is then some 60 KiB on the wire.</summary>
internal sealed class ConsoleFile
{
    private readonly Lazy<List<(string Encoding, string Tag, byte[] Body)>> _forms;

    public ConsoleFile(string type, byte[] content, string cacheControl)
    {
        (ContentType, CacheControl) = (TypeOf(type), cacheControl);
        // Compressed when it is first asked for: a host that nobody looks at has nothing to do.
        _forms = new(() => Forms(content));
    }

    public string ContentType { get; }

    public string CacheControl { get; }

    /// <summary>The smallest form that the caller takes.</summary>
    public (string Encoding, string Tag, byte[] Body) For(string? acceptEncoding) =>
        _forms.Value.Find(form => form.Encoding == "identity" || AcceptEncoding.Takes(acceptEncoding, form.Encoding));

    /// <summary>In the order of preference, each with a tag of its own (RFC 9110, 8.8.3.3): they are different bytes.</summary>
    private static List<(string Encoding, string Tag, byte[] Body)> Forms(byte[] content)
    {
        List<(string Encoding, byte[] Body)> forms =
        [
            ("br", Compress(content, stream => new BrotliStream(stream, CompressionLevel.SmallestSize))),
            ("gzip", Compress(content, stream => new GZipStream(stream, CompressionLevel.SmallestSize))),
            ("identity", content),
        ];
        return [.. forms
            .Where(form => form.Body.Length <= content.Length)
            .Select(form => (form.Encoding, $"\"{Convert.ToHexStringLower(SHA256.HashData(form.Body).AsSpan(0, 16))}\"", form.Body))];
    }

    private static byte[] Compress(byte[] content, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed))
            stream.Write(content);
        return compressed.ToArray();
    }

    private static string TypeOf(string type) => type switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The console has a file of an unknown type: {other}."),
    };
}
