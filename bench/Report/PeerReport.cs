using CallCenter.Bench.Measures;

namespace CallCenter.Bench.Report;

/// <summary>The comparison with others as a table.</summary>
internal static class PeerReport
{
    public static string Of(string machine, IReadOnlyList<PeerResult> results, int rounds)
    {
        var table = new MarkdownTable(
            "callers", "server", "cases/s", "the first / this", "median ms", "p99 ms", "µs per case, all processes", "cores in use before", "refused");
        foreach (var one in results)
        {
            var first = results.First(result => result.Callers == one.Callers);
            table.Add(
                $"{one.Callers}", one.Name, $"{one.CasesPerSecond.Median:N0} ({one.CasesPerSecond.Low:N0} to {one.CasesPerSecond.High:N0})",
                $"{first.CasesPerSecond.Median / one.CasesPerSecond.Median:F1}", $"{one.Median.Median:F2} ({one.Median.Low:F2} to {one.Median.High:F2})",
                $"{one.P99.Median:F1}", $"{one.Microseconds.Median:N0}", $"{one.Idle.Median:F2}", $"{one.Refused}");
        }
        return $"""
            # Beside others

            {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC on {machine}. The same case of five steps, each on disk before the next; the same callers, on the same machine and disk.
            Medians of {rounds} rounds in turns, with the middle half of them in brackets. The processor time is that of all processes but the callers', so whatever else ran is in it.

            {table}
            """;
    }
}
