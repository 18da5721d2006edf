using System.Globalization;
using System.Text;

namespace CallCenter.Durable.Text;

/// <summary>
/// What may stand in a text that people and logs read: nothing that is invisible, that turns the text around, or that is no character.
/// Two ids that look alike would be two instances.
/// </summary>
public static class VisibleText
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    /// <summary>
    /// What is wrong with an id ("holds ..."), in the rest of a sentence; null when nothing is. It is refused rather than normalized: whoever
    /// sends an id must find the instance under it again.
    /// </summary>
    /// <param name="text">The id.</param>
    /// <param name="joiners">Whether joiners and variation selectors may follow a visible character, as in emoji, Persian and the scripts of India.</param>
    public static string? IdFault(string text, bool joiners = false)
    {
        if (Fault(text, joiners) is { } fault)
            return fault;
        if (char.IsWhiteSpace(text, 0) || char.IsWhiteSpace(text, text.Length - 1))
            return "begins or ends with a blank. Remove it.";
        return Nfc.IsNormalized(text)
            ? null
            : "is not in Unicode's normalization form C (NFC): a letter and its accent must be one character where there is one. Send it normalized.";
    }

    /// <summary>The same for free text, which may begin, end and be composed as it likes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="joiners">Whether joiners and variation selectors may follow a visible character.</param>
    /// <param name="lines">Whether tabs and new lines may be in it.</param>
    public static string? Fault(string text, bool joiners = true, bool lines = false)
    {
        var before = Kind.Blank;
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
                return "contains half a surrogate pair, which is not a character.";
            at += rune.Utf16SequenceLength;
            var kind = KindOf(rune, lines);
            if (kind == Kind.Wrong)
                return $"contains {Name(rune)}. Only visible characters are allowed.";
            var fits = kind switch
            {
                Kind.Selector => joiners && before == Kind.Visible,
                Kind.Joiner => joiners && before is Kind.Visible or Kind.Selector && at < text.Length,
                _ => before != Kind.Joiner || kind == Kind.Visible,
            };
            if (!fits)
                return $"contains an invisible character (U+{(before == Kind.Joiner ? Joiner : rune.Value):X4}). Only visible characters are allowed.";
            before = kind;
        }
        return null;
    }

    private enum Kind
    {
        Visible,
        Blank,
        Joiner,
        Selector,
        Wrong,
    }

    private static Kind KindOf(Rune rune, bool lines) => rune.Value switch
    {
        '\t' or '\n' or '\r' when lines => Kind.Blank,
        NonJoiner or Joiner => Kind.Joiner,
        // Variation selectors: Mongolian, common, supplement.
        (>= 0x180B and <= 0x180D) or 0x180F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => Kind.Selector,
        // Other characters that Unicode lets a font leave out (Default_Ignorable_Code_Point) and that are no format characters.
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2065 or 0x3164 or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF) => Kind.Wrong,
        // No characters, now or ever.
        (>= 0xFDD0 and <= 0xFDEF) => Kind.Wrong,
        var code when (code & 0xFFFE) == 0xFFFE => Kind.Wrong,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => Kind.Wrong,
            UnicodeCategory.SpaceSeparator => Kind.Blank,
            _ => Kind.Visible,
        },
    };

    private static string Name(Rune rune) => Rune.IsControl(rune)
        ? $"a control character (U+{rune.Value:X4})"
        : $"U+{rune.Value:X4}, which nobody sees or which is no character";
}
