using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>The tokens of lists. One that was made for another list, or by nobody here, is refused and not misread.</summary>
internal static class PageToken
{
    private const int CheckLength = 6;

    /// <summary>A token.</summary>
    /// <param name="position">Where the next page begins.</param>
    /// <param name="scope">What is listed.</param>
    public static string Write(string position, string scope) => Base64Url.EncodeToString([.. Check(position, scope), .. Encoding.UTF8.GetBytes(position)]);

    /// <summary>The position in a token.</summary>
    /// <exception cref="AwsRefusedException">It is none of ours for this list.</exception>
    public static string Read(string token, string scope)
    {
        if (!Base64Url.IsValid(token, out var length) || length <= CheckLength)
            throw AwsRefusedException.InvalidToken();
        var bytes = Base64Url.DecodeFromChars(token).AsSpan();
        var position = Encoding.UTF8.GetString(bytes[CheckLength..]);
        return bytes[..CheckLength].SequenceEqual(Check(position, scope)) ? position : throw AwsRefusedException.InvalidToken();
    }

    /// <summary>One page of what is all known.</summary>
    /// <param name="all">All of it.</param>
    /// <param name="page">How long a page may be, and the token of the page before.</param>
    /// <param name="scope">What is listed.</param>
    public static (IReadOnlyList<T> Items, string? Next) Cut<T>(IReadOnlyList<T> all, (int Size, string? Token) page, string scope)
    {
        var from = 0;
        if (page.Token is { } token && !int.TryParse(Read(token, scope), NumberStyles.None, CultureInfo.InvariantCulture, out from))
            throw AwsRefusedException.InvalidToken();
        var to = Math.Min(from + page.Size, all.Count);
        return ([.. all.Skip(from).Take(page.Size)], to < all.Count ? Write(to.ToString(CultureInfo.InvariantCulture), scope) : null);
    }

    private static byte[] Check(string position, string scope) => SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{position}"))[..CheckLength];
}
