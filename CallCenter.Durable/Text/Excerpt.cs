using System.Diagnostics.CodeAnalysis;

namespace CallCenter.Durable.Text;

/// <summary>Texts as an answer may repeat them: never much of what a caller sent.</summary>
public static class Excerpt
{
    /// <summary>The beginning of what a caller sent: 80 characters and dots, where it is longer.</summary>
    /// <param name="text">What was sent.</param>
    [SuppressMessage("Naming", "CA1720", Justification = "No type is meant.")]
    public static string Short(string text) => Cut(text, 80) is var shown && shown.Length < text.Length ? shown + "..." : text;

    /// <summary>Cuts a text, never in the middle of a surrogate pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most that is kept of it, in UTF-16 characters.</param>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
