using System.Text;
using CallCenter.Durable.Text;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>What an instance is searched by: its key and its id as <see cref="SearchText"/> makes them, in UTF-8, with a line feed between them.</summary>
internal static class SearchEntry
{
    /// <summary>No blank is left in either, so a line feed is in neither, nor in what is searched.</summary>
    public const byte Separator = (byte)'\n';

    public static byte[] Of(string id, string? key)
    {
        var most = (key?.Length ?? 0) + 1 + id.Length;
        var text = most <= 512 ? stackalloc char[most] : new char[most];
        var length = SearchText.Write(key, text);
        text[length++] = (char)Separator;
        length += SearchText.Write(id, text[length..]);
        var entry = new byte[Encoding.UTF8.GetByteCount(text[..length])];
        Encoding.UTF8.GetBytes(text[..length], entry);
        return entry;
    }

    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> entry) => entry[..entry.IndexOf(Separator)];

    public static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> entry) => entry[(entry.IndexOf(Separator) + 1)..];
}
