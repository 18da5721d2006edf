using CallCenter.Bench.Measures;
using CallCenter.Bench.Report;

namespace CallCenter.Bench.Commits;

/// <summary>The comparison as a table.</summary>
internal static class CommitReport
{
    public static string Of(string machine, IReadOnlyList<CommitResult> results)
    {
        var table = new MarkdownTable("commit", "cases/s, 64 callers", "µs per case", "one case alone, ms", "oth", "against the one before", "what");
        for (var i = 0; i < results.Count; i++)
        {
            var one = results[i];
            table.Add(
                one.Build.Commit, Text(one.CasesPerSecond, "N0"), Text(one.Microseconds, "N0"), Text(one.Alone, "F2"), $"{one.Others.Median:F2}",
                i == 0 ? "" : one.WorseThan(results[i - 1]), one.Build.Subject.Replace('|', '/'));
        }
        return $"""
            # The last commits that changed the server

            {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC on {machine}. Medians of {results[0].Rounds} rounds in turns, with the middle half of them in brackets. A figure is marked when it is worse
            than that of the commit before by more than either of them spreads. `oth` are the cores that other programs used meanwhile.

            {table}
            """;
    }

    private static string Text(Spread figure, string format) =>
        $"{figure.Median.ToString(format, null)} ({figure.Low.ToString(format, null)} to {figure.High.ToString(format, null)})";
}
