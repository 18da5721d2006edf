namespace CallCenter.Durable.Settings;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>The known name that is nearest; null when none is near.</summary>
    public static string? Find(string name, IReadOnlyCollection<string> known)
    {
        // A name longer than any known by far is near to none, and comparing it would take long.
        if (name.Length > 64)
            return null;
        var (nearest, distance) = known.Select(candidate => (candidate, Distance(name, candidate))).MinBy(pair => pair.Item2);
        return distance <= Math.Max(2, nearest.Length / 3) ? nearest : null;
    }

    /// <summary>"Did you mean ...?" where something is near, and what is known in any case.</summary>
    public static string Hint(string? name, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0)
            return "There are none.";
        var all = $"The known ones are: {string.Join(", ", known)}.";
        return name is not null && Find(name, known) is { } nearest ? $"Did you mean '{nearest}'? {all}" : all;
    }

    /// <summary>How many letters must be put in, taken out or changed (Levenshtein), without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1)));
            }
        }
        return row[^1];
    }
}
