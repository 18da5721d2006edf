using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Durable.Seams;

namespace CallCenter.Functions.Client;

/// <summary>
/// Wraps the storage's continuation tokens. Azure Storage's end in a blank, which any trimming on the way cuts off, and a token
/// that is none gives an empty last page there instead of an error: the check sum refuses it here.
/// </summary>
internal static class PageToken
{
    private const int CheckLength = 6;

    /// <summary>The token to give out; null when there is no further page.</summary>
    public static string? Wrap(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        var bytes = Encoding.UTF8.GetBytes(token);
        return Base64Url.EncodeToString([.. Check(bytes), .. bytes]);
    }

    /// <summary>The storage's own token.</summary>
    /// <exception cref="InvalidContinuationTokenException">It is not one that <see cref="Wrap"/> made.</exception>
    public static string? Unwrap(string? token)
    {
        if (token is null)
            return null;
        if (!Base64Url.IsValid(token, out var length) || length <= CheckLength)
            throw new InvalidContinuationTokenException();
        var bytes = Base64Url.DecodeFromChars(token).AsSpan();
        return bytes[..CheckLength].SequenceEqual(Check(bytes[CheckLength..]))
            ? Encoding.UTF8.GetString(bytes[CheckLength..])
            : throw new InvalidContinuationTokenException();
    }

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes).AsSpan(0, CheckLength);
}
