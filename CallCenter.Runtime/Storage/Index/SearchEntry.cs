using System.Text;
using CallCenter.Durable.Text;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>What an instance is searched by: its key and its id as <see cref="SearchText"/> makes them, in UTF-8, with a line feed between them.</summary>
internal static class SearchEntry
{
    /// <summary>No blank is left in either, so a line feed is in neither, nor in what is searched.</summary>
    public const byte Separator = (byte)'\n';

    public static byte[] Of(string id, string? key) => Encoding.UTF8.GetBytes($"{(key is null ? "" : SearchText.Of(key))}\n{SearchText.Of(id)}");

    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> entry) => entry[..entry.IndexOf(Separator)];

    public static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> entry) => entry[(entry.IndexOf(Separator) + 1)..];
}
