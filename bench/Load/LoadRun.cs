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
        var began = Stopwatch.GetTimestamp();
        return Run(server, callers, () => Stopwatch.GetElapsedTime(began) < time);
    }

    /// <summary>Lets them call as long as something holds.</summary>
    public static LoadResult Run(StandaloneProcess server, int callers, Func<bool> goesOn) =>
        Run(() => new Caller(server.Address, wait: true), new CpuMeter(server), callers, goesOn);

    /// <summary>One caller, on this thread, as long as something holds; the times of its cases.</summary>
    public static List<long> Call(StandaloneProcess server, Func<bool> goesOn)
    {
        var refused = 0;
        return Call(() => new Caller(server.Address, wait: true), goesOn, ref refused);
    }

    /// <summary>The same with callers of any kind.</summary>
    public static LoadResult Run(Func<Caller> connect, CpuMeter meter, int callers, Func<bool> goesOn)
    {
        var times = new List<long>[callers];
        var refused = 0;
        var began = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, callers)
            .Select(index => new Thread(() => times[index] = Call(connect, goesOn, ref refused), maxStackSize: 256 << 10))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var latencies = new Latencies(times.SelectMany(one => one));
        return new(callers, latencies.Count / Stopwatch.GetElapsedTime(began).TotalSeconds, latencies, refused, meter.Read());
    }

    private static List<long> Call(Func<Caller> connect, Func<bool> goesOn, ref int refused)
    {
        var times = new List<long>(1 << 12);
        using var caller = connect();
        while (goesOn())
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
