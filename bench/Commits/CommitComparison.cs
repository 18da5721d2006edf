using CallCenter.Bench.Load;
using CallCenter.Bench.Machine;
using CallCenter.Bench.Measures;

namespace CallCenter.Bench.Commits;

/// <summary>What one commit reached.</summary>
/// <param name="Build">The commit.</param>
/// <param name="Rounds">How often it was measured.</param>
/// <param name="CasesPerSecond">With 64 callers.</param>
/// <param name="Microseconds">The server's processor time for a case then.</param>
/// <param name="Alone">How long one case alone took, in milliseconds, the median of each round.</param>
/// <param name="Others">The cores that others used meanwhile.</param>
internal sealed record CommitResult(CommitBuild Build, int Rounds, Spread CasesPerSecond, Spread Microseconds, Spread Alone, Spread Others)
{
    /// <summary>In what it is worse than another, by more than either of them spreads; empty for in nothing.</summary>
    public string WorseThan(CommitResult before)
    {
        var worse = new List<string>();
        if (before.CasesPerSecond.IsAbove(CasesPerSecond))
            worse.Add("cases/s");
        if (Microseconds.IsAbove(before.Microseconds))
            worse.Add("µs per case");
        if (Alone.IsAbove(before.Alone))
            worse.Add("one case alone");
        return worse.Count == 0 ? "" : $"**worse: {string.Join(", ", worse)}**";
    }
}

/// <summary>Measures several builds in turns, so that a machine which changes its pace changes it for all of them.</summary>
internal static class CommitComparison
{
    private const int Callers = 64;
    private const int CasesAlone = 60;

    /// <summary>With fewer there is no spread.</summary>
    private const int FewestRounds = 3;

    public static IReadOnlyList<CommitResult> Run(IReadOnlyList<CommitBuild> builds, BenchOptions options, Action<string, double> progress)
    {
        var rounds = builds.ToDictionary(build => build, _ => new List<(LoadResult Load, double Alone)>());
        var turns = Math.Max(FewestRounds, options.Rounds) * builds.Count;
        var all = options.Lives * turns;
        // Two processes of one program already differ: each build gets several.
        for (var life = 0; life < options.Lives; life++)
        {
            var servers = new List<StandaloneProcess>();
            try
            {
                foreach (var build in builds)
                {
                    progress($"starting {build.Commit}", (double)rounds.Values.Sum(list => list.Count) / all);
                    var server = StandaloneProcess.Start(Folders.Fresh(options, build.Commit), build.Program);
                    servers.Add(server);
                    LoadRun.Run(server, Callers, options.WarmUp);
                }
                for (var turn = 0; turn < turns; turn++)
                {
                    // Each round begins with another one.
                    var index = (turn + turn / builds.Count) % builds.Count;
                    progress($"measuring {builds[index].Commit}", (double)rounds.Values.Sum(list => list.Count) / all);
                    rounds[builds[index]].Add(Round(servers[index], options.Time));
                }
            }
            finally
            {
                servers.ForEach(server => server.Dispose());
                foreach (var build in builds)
                    Folders.Remove(options, build.Commit);
            }
        }
        return [.. builds.Select(build => Result(build, rounds[build]))];
    }

    private static (LoadResult Load, double Alone) Round(StandaloneProcess server, TimeSpan time)
    {
        // The first ones find the server asleep, and do not count.
        OneCaseAlone.Call(server, CasesAlone / 5);
        var alone = new Latencies(OneCaseAlone.Call(server, CasesAlone)).Median;
        return (LoadRun.Run(server, Callers, time), alone);
    }

    private static CommitResult Result(CommitBuild build, List<(LoadResult Load, double Alone)> rounds) => new(
        build,
        rounds.Count,
        Spread.Of(rounds.Select(round => round.Load.CasesPerSecond)),
        Spread.Of(rounds.Select(round => round.Load.ServerMicrosecondsPerCase)),
        Spread.Of(rounds.Select(round => round.Alone)),
        Spread.Of(rounds.Select(round => round.Load.Cpu.Others ?? double.NaN)));
}
