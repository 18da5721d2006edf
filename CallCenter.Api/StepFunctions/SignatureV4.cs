using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CallCenter.Api.Http;

namespace CallCenter.Api.StepFunctions;

/// <summary>AWS's Signature Version 4: what is signed of a request, and how.</summary>
internal static partial class SignatureV4
{
    /// <summary>The request as it is signed; null when a header that is said to be signed is not there.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="headers">The signed headers.</param>
    /// <param name="address">The host and the path as the caller may have written them.</param>
    public static string? Canonical(ApiRequest request, ReadOnlyMemory<byte> body, IReadOnlyList<string> headers, (string Host, string Path) address)
    {
        var text = new StringBuilder();
        // The path is encoded once more, segment by segment; there is no query.
        text.Append(request.Method).Append('\n').AppendJoin('/', address.Path.Split('/').Select(Uri.EscapeDataString)).Append("\n\n");
        foreach (var name in headers)
        {
            if ((name == "host" ? address.Host : request.Header(name)) is not { } value)
                return null;
            text.Append(name).Append(':').Append(Blanks().Replace(value.Trim(), " ")).Append('\n');
        }
        return text.Append('\n').AppendJoin(';', headers).Append('\n').Append(Hex(SHA256.HashData(body.Span))).ToString();
    }

    /// <summary>The signature of a request.</summary>
    /// <param name="secret">The secret access key.</param>
    /// <param name="signed">The scope.</param>
    /// <param name="date">The header <c>X-Amz-Date</c>.</param>
    /// <param name="canonical">The request as it is signed.</param>
    public static string Sign(ReadOnlySpan<byte> secret, SignatureHeader signed, string date, string canonical)
    {
        byte[] key = [.. "AWS4"u8, .. secret];
        foreach (var part in (string[])[signed.Day, signed.Region, signed.Service, SignatureHeader.Request])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        var text = $"{SignatureHeader.Algorithm}\n{date}\n{signed.Scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
