using System.Globalization;
using System.Text;

namespace CallCenter.Standalone.Hosting;

/// <summary>Makes a text safe to show in one line of a terminal.</summary>
internal static class LogText
{
    /// <summary>
    /// The text with everything escaped, as C# would write it, that is not seen or acts on what is around it:
    /// control characters, line ends, marks of writing direction, characters of no width, halves of surrogate pairs.
    /// </summary>
    public static string OneLine(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPlain(rune))
                escaped.Append(rune);
            else
                escaped.Append(Escaped(rune.Value));
        }
        return escaped.ToString();
    }

    /// <summary>A half of a surrogate pair is read as U+FFFD, which is plain to see.</summary>
    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    private static string Escaped(int value) => value switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        <= 0xFFFF => $"\\u{value:X4}",
        _ => $"\\U{value:X8}",
    };
}
