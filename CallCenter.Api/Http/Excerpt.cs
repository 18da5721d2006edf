namespace CallCenter.Api.Http;

/// <summary>Texts as an answer may repeat them: never much of what a caller sent.</summary>
internal static class Excerpt
{
    /// <summary>The beginning of what a caller sent.</summary>
    public static string Short(string text) => Cut(text, 80) is var shown && shown.Length < text.Length ? shown + "..." : text;

    /// <summary>Cuts a text, never in the middle of a surrogate pair.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
