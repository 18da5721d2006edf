using System.Globalization;

namespace CallCenter.Durable.Text;

/// <summary>
/// Unicode's normalization form C (UAX 15). <see cref="string.IsNormalized()"/> is no help: without ICU it is true of everything, so the
/// answer would depend on the machine.
/// </summary>
internal static class Nfc
{
    /// <summary>No character below it ever composes.</summary>
    private const char FirstMark = '\u0300';

    /// <summary>Whether a well-formed text is in form C: taken apart, put in order and composed again, it is itself.</summary>
    public static bool IsNormalized(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstMark, char.MaxValue))
            return true;
        var codes = text.EnumerateRunes().Select(rune => rune.Value).ToList();
        if (codes.Exists(Tables.Never.Contains))
            return false;
        var parts = new List<int>();
        foreach (var code in codes)
            TakeApart(code, parts);
        Compose(Ordered(parts), parts);
        return codes.SequenceEqual(parts);
    }

    private static void TakeApart(int code, List<int> parts)
    {
        if (!Tables.Decompositions.TryGetValue(code, out var pair))
        {
            parts.Add(code);
            return;
        }
        TakeApart(pair.First, parts);
        parts.Add(pair.Second);
    }

    /// <summary>Marks behind a starter by their class; those of one class keep their order.</summary>
    private static List<int> Ordered(List<int> parts)
    {
        var starters = 0;
        return [.. parts.Select(code => (code, own: Class(code))).Select(part => (part.code, part.own, group: part.own == 0 ? ++starters : starters))
            .OrderBy(part => part.group).ThenBy(part => part.own).Select(part => part.code)];
    }

    private static void Compose(List<int> parts, List<int> composed)
    {
        composed.Clear();
        var (starter, last) = (-1, 0);
        foreach (var code in parts)
        {
            var own = Class(code);
            // A mark behind one of its own class or a higher one does not reach the starter.
            if (starter >= 0 && (starter == composed.Count - 1 || last < own) && Together(composed[starter], code) is { } one)
            {
                composed[starter] = one;
                continue;
            }
            composed.Add(code);
            (starter, last) = own == 0 ? (composed.Count - 1, 0) : (starter, own);
        }
    }

    private static int Class(int code) => Tables.Classes.GetValueOrDefault(code);

    private static int? Together(int first, int second) => Tables.Compositions.TryGetValue((first, second), out var one) ? one : null;

    /// <summary>Read when the first text beyond Latin comes.</summary>
    private static class Tables
    {
        public static readonly HashSet<int> Never = [.. NfcData.Never.Split(' ').SelectMany(Range)];

        public static readonly Dictionary<int, int> Classes = NfcData.Classes.Split(' ')
            .Select(item => item.Split(':'))
            .SelectMany(item => Range(item[0]).Select(code => (code, int.Parse(item[1], CultureInfo.InvariantCulture))))
            .ToDictionary();

        public static readonly Dictionary<(int First, int Second), int> Compositions = NfcData.Compositions.Split(' ')
            .Select(item => item.Split(':'))
            .SelectMany(item => item[1].Split(',').Select(pair => pair.Split('=')).Select(pair => ((Code(pair[0]), Code(item[0])), Code(pair[1]))))
            .Concat(Hangul())
            .ToDictionary();

        public static readonly Dictionary<int, (int First, int Second)> Decompositions = Compositions.ToDictionary(pair => pair.Value, pair => pair.Key);

        /// <summary>The syllables of Korean: a leading consonant and a vowel, and the two with a trailing consonant.</summary>
        private static IEnumerable<((int, int), int)> Hangul()
        {
            for (var syllable = 0; syllable < 19 * 21 * 28; syllable++)
            {
                var trail = syllable % 28;
                yield return trail == 0
                    ? ((0x1100 + syllable / (21 * 28), 0x1161 + syllable / 28 % 21), 0xAC00 + syllable)
                    : ((0xAC00 + syllable - trail, 0x11A7 + trail), 0xAC00 + syllable);
            }
        }

        private static IEnumerable<int> Range(string range)
        {
            var ends = range.Split('-');
            return Enumerable.Range(Code(ends[0]), Code(ends[^1]) - Code(ends[0]) + 1);
        }

        private static int Code(string hex) => int.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
