using System.Diagnostics;
using CallCenter.Bench.Machine;

namespace CallCenter.Bench.Load;

/// <summary>What came of some seconds of load.</summary>
/// <param name="Callers">How many called at the same time.</param>
/// <param name="CasesPerSecond">Cases that came to their end, a second.</param>
/// <param name="Latencies">How long each took.</param>
/// <param name="Refused">Answers that were not 200.</param>
/// <param name="Cpu">Who used the processors meanwhile.</param>
internal sealed record LoadResult(int Callers, double CasesPerSecond, Latencies Latencies, int Refused, CpuUse Cpu)
{
    /// <summary>The server's processor time for one case, in microseconds.</summary>
    public double ServerMicrosecondsPerCase => Cpu.Server / CasesPerSecond * 1e6;
}

/// <summary>Callers that start case after case, each waiting for its case to end before the next.</summary>
internal static class LoadRun
{
    /// <summary>Lets them call for a time.</summary>
    /// <param name="server">The server.</param>
    /// <param name="callers">How many, each on a thread of its own.</param>
    /// <param name="time">How long.</param>
    public static LoadResult Run(StandaloneProcess server, int callers, TimeSpan time)
    {
        var times = new List<long>[callers];
        var refused = 0;
        var meter = new CpuMeter(server);
        var began = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, callers)
            .Select(index => new Thread(() => times[index] = Call(server, began, time, ref refused), maxStackSize: 256 << 10))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var latencies = new Latencies(times.SelectMany(one => one));
        return new(callers, latencies.Count / Stopwatch.GetElapsedTime(began).TotalSeconds, latencies, refused, meter.Read());
    }

    private static List<long> Call(StandaloneProcess server, long began, TimeSpan time, ref int refused)
    {
        var times = new List<long>(1 << 12);
        using var caller = new Caller(server.Address, wait: true);
        while (Stopwatch.GetElapsedTime(began) < time)
        {
            var sent = Stopwatch.GetTimestamp();
            if (caller.Call() == 200)
                times.Add(Stopwatch.GetTimestamp() - sent);
            else
                Interlocked.Increment(ref refused);
        }
        return times;
    }
}
