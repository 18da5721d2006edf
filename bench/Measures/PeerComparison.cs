using System.Diagnostics;
using CallCenter.Bench.Load;
using CallCenter.Bench.Machine;

namespace CallCenter.Bench.Measures;

/// <summary>What one server reached with so many callers.</summary>
/// <param name="Name">The server.</param>
/// <param name="Callers">How many called.</param>
/// <param name="CasesPerSecond">By round.</param>
/// <param name="Median">The median time of a case, in milliseconds, by round.</param>
/// <param name="P99">The time within which 99 in 100 came back, by round.</param>
/// <param name="Microseconds">The processor time of everything but the callers, for a case.</param>
/// <param name="Refused">Answers that were not 200.</param>
/// <param name="Idle">The cores in use just before, while nobody called.</param>
internal sealed record PeerResult(string Name, int Callers, Spread CasesPerSecond, Spread Median, Spread P99, Spread Microseconds, int Refused, Spread Idle);

/// <summary>Measures servers that others have started, in turns, so that a machine which changes its pace changes it for all of them.</summary>
internal static class PeerComparison
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static IReadOnlyList<PeerResult> Run(BenchOptions options, Action<string, double> progress)
    {
        var measured = options.Callers.SelectMany(_ => options.Peers, (callers, peer) => (peer.Name, Callers: callers))
            .ToDictionary(one => one, _ => new List<(LoadResult Load, double Idle)>());
        foreach (var (name, url) in options.Peers)
        {
            progress($"warming up {name}", 0);
            Load(url, options.Callers.Max(), options.WarmUp);
        }
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var callers in options.Callers)
            {
                for (var turn = 0; turn < options.Peers.Count; turn++)
                {
                    // Each round begins with another one.
                    var (name, url) = options.Peers[(turn + round) % options.Peers.Count];
                    progress($"{name}, {callers} callers, round {round + 1}", (double)measured.Values.Sum(rounds => rounds.Count) / (options.Rounds * measured.Count));
                    var idle = new CpuMeter(null);
                    Thread.Sleep(Pause);
                    var busy = idle.Read().Others ?? double.NaN;
                    measured[(name, callers)].Add((Load(url, callers, options.Time), busy));
                }
            }
        }
        return [.. measured.Select(one => Result(one.Key.Name, one.Key.Callers, one.Value))];
    }

    private static LoadResult Load(Uri url, int callers, TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        return LoadRun.Run(() => new Caller(url), new CpuMeter(null), callers, () => Stopwatch.GetElapsedTime(began) < time);
    }

    private static PeerResult Result(string name, int callers, List<(LoadResult Load, double Idle)> rounds)
    {
        Spread Of(Func<LoadResult, double> figure) => Spread.Of(rounds.Select(round => figure(round.Load)));
        return new(
            name, callers, Of(load => load.CasesPerSecond), Of(load => load.Latencies.Median), Of(load => load.Latencies.Percentile(99)),
            Of(load => (load.Cpu.Others ?? double.NaN) / load.CasesPerSecond * 1e6), rounds.Sum(round => round.Load.Refused), Spread.Of(rounds.Select(round => round.Idle)));
    }
}
