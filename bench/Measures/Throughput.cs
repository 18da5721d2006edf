using CallCenter.Bench.Load;
using CallCenter.Bench.Machine;

namespace CallCenter.Bench.Measures;

/// <summary>What so many callers reach.</summary>
/// <param name="Median">The round in the middle.</param>
/// <param name="Slowest">The cases a second of the slowest round.</param>
/// <param name="Fastest">Those of the fastest.</param>
internal sealed record ThroughputResult(LoadResult Median, double Slowest, double Fastest);

/// <summary>Measures cases a second and their latency, by the number of callers.</summary>
internal static class Throughput
{
    public static IReadOnlyList<ThroughputResult> Run(StandaloneProcess server, BenchOptions options, Action<string, double> progress)
    {
        var results = options.Callers.ToDictionary(callers => callers, _ => new List<LoadResult>());
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var callers in options.Callers)
            {
                var done = (double)results.Values.Sum(rounds => rounds.Count) / (options.Rounds * options.Callers.Count);
                progress($"{callers} callers, round {round + 1}", done);
                results[callers].Add(LoadRun.Run(server, callers, options.Time));
            }
        }
        return [.. results.Values.Select(Middle)];
    }

    private static ThroughputResult Middle(List<LoadResult> rounds)
    {
        var sorted = rounds.OrderBy(round => round.CasesPerSecond).ToList();
        return new(sorted[sorted.Count / 2], sorted[0].CasesPerSecond, sorted[^1].CasesPerSecond);
    }
}
