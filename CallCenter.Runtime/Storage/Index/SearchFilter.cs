using System.Text;
using CallCenter.Durable.Text;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>What instances are searched by. All of it must fit.</summary>
internal sealed class SearchFilter
{
    private readonly byte[]? _anywhere;
    private readonly byte[]? _inKey;
    private readonly byte[]? _idPrefix;
    private readonly byte[] _rarest;

    private SearchFilter(string? anywhere, string? inKey, string? idPrefix)
    {
        (_anywhere, _inKey, _idPrefix) = (Bytes(anywhere), Bytes(inKey), idPrefix is null ? null : Bytes("\n" + SearchText.Of(idPrefix)));
        _rarest = new[] { _anywhere, _inKey, _idPrefix }.OfType<byte[]>().MaxBy(bytes => bytes.Length)!;
    }

    /// <summary>Whether every entry that holds <see cref="Rarest"/> fits, so that no other look is needed.</summary>
    public bool IsRarestAll => _inKey is null && (_anywhere is null || _idPrefix is null);

    /// <summary>A part of every entry that fits, the longest that there is.</summary>
    public ReadOnlySpan<byte> Rarest => _rarest;

    /// <summary>Makes it; null when nothing is searched.</summary>
    /// <param name="anywhere">In the id or the key.</param>
    /// <param name="inKey">In the key.</param>
    /// <param name="idPrefix">What the id starts with. Case and blanks do not count here either: who finds by it has to look at the id itself.</param>
    public static SearchFilter? Of(string? anywhere, string? inKey, string? idPrefix)
    {
        (anywhere, inKey) = (Searched(anywhere), Searched(inKey));
        return anywhere is null && inKey is null && idPrefix is null ? null : new(anywhere, inKey, idPrefix);
    }

    /// <summary>Whether a <see cref="SearchEntry"/> fits.</summary>
    public bool Fits(ReadOnlySpan<byte> entry) =>
        (_anywhere is null || entry.IndexOf(_anywhere) >= 0)
        && (_inKey is null || SearchEntry.KeyOf(entry).IndexOf(_inKey) >= 0)
        && (_idPrefix is null || entry[entry.IndexOf(SearchEntry.Separator)..].StartsWith(_idPrefix));

    private static string? Searched(string? text) => text is not null && SearchText.Of(text) is { Length: > 0 } searched ? searched : null;

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
