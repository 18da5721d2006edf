using System.Text;

namespace CallCenter.Workflows.Mail;

/// <summary>Text without what a header, a log or a database would take for something else.</summary>
internal static class PlainText
{
    /// <summary>One line: a blank for each control character, U+FFFD for what is no character.</summary>
    public static string OneLine(string? text) =>
        Keep(text ?? "", static (character, kept) => kept.Append(Rune.IsControl(character) || IsLineEnd(character) ? " " : character.ToString()));

    /// <summary>Lines that end with CR and LF, as mail wants them; no control characters but tabs.</summary>
    public static string Lines(string text) =>
        Keep(text.ReplaceLineEndings("\n"), static (character, kept) =>
        {
            if (character.Value == '\n')
                kept.Append("\r\n");
            else if (!Rune.IsControl(character) || character.Value == '\t')
                kept.Append(character.ToString());
        });

    private static bool IsLineEnd(Rune character) => character.Value is 0x2028 or 0x2029;

    private static string Keep(string text, Action<Rune, StringBuilder> keep)
    {
        var kept = new StringBuilder(text.Length);
        // Enumerating runes turns what is no character into U+FFFD.
        foreach (var character in text.EnumerateRunes())
            keep(character, kept);
        return kept.ToString();
    }
}
