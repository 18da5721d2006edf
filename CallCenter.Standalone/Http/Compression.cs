using System.IO.Compression;
using CallCenter.Api.Http;

namespace CallCenter.Standalone.Http;

/// <summary>
/// Compresses what is read, for callers who take it. Answers to changes are short, and some hold a key. The console's files come compressed; on Azure
/// Functions compressing is the platform's.
/// </summary>
internal static class Compression
{
    /// <summary>Below this an answer fits into a packet anyway.</summary>
    private const int Least = 1024;

    private static readonly string[] Codings = ["br", "gzip"];

    /// <summary>
    /// A request's <c>If-None-Match</c> as the contract gave the tags: compressed bytes are others, so their tag is another
    /// (RFC 9110, 8.8.3.3), with the coding at its end.
    /// </summary>
    public static string? WithoutCodings(string? ifNoneMatch)
    {
        foreach (var coding in Codings)
            ifNoneMatch = ifNoneMatch?.Replace($"-{coding}\"", "\"", StringComparison.Ordinal);
        return ifNoneMatch;
    }

    /// <summary>The answer as it is sent.</summary>
    public static ApiResponse Compressed(this ApiResponse response, HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) || response.Header("Content-Encoding") is not null)
            return response;
        if (response.Status == StatusCodes.Status304NotModified)
            return response.Header("Vary") is null ? Confirm(response, request.Headers.IfNoneMatch.ToString()) : response;
        if (response.Body.Length < Least)
            return response;

        var accepted = request.Headers.AcceptEncoding.ToString();
        return (Array.Find(Codings, coding => AcceptEncoding.Takes(accepted, coding)) is { } taken ? Compress(response, taken) : response)
            .With("Vary", "Accept-Encoding");
    }

    /// <summary>What the caller has is what it asked about, with the coding that it got it in.</summary>
    private static ApiResponse Confirm(ApiResponse response, string known)
    {
        foreach (var coding in Codings)
        {
            if (response.Header("ETag") is { } tag && known.Contains($"{tag[..^1]}-{coding}\"", StringComparison.Ordinal))
                return Tag(response, coding).With("Vary", "Accept-Encoding");
        }
        return response;
    }

    private static ApiResponse Tag(ApiResponse response, string coding) =>
        response.Header("ETag") is { } tag ? response.With("ETag", $"{tag[..^1]}-{coding}\"") : response;

    private static ApiResponse Compress(ApiResponse response, string coding)
    {
        using var body = new MemoryStream();
        using (Stream stream = coding == "br" ? new BrotliStream(body, CompressionLevel.Optimal) : new GZipStream(body, CompressionLevel.Optimal))
            stream.Write(response.Body.Span);
        var compressed = new ApiResponse(response.Status, response.ContentType, body.ToArray());
        foreach (var (name, value) in response.Headers)
            compressed.With(name, value);
        return Tag(compressed, coding).With("Content-Encoding", coding);
    }
}
