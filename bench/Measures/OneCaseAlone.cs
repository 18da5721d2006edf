using System.Diagnostics;
using CallCenter.Bench.Journal;
using CallCenter.Bench.Load;
using CallCenter.Bench.Machine;

namespace CallCenter.Bench.Measures;

/// <summary>One case alone beside the flushes that it waits for.</summary>
/// <param name="Case">How long a case takes over HTTP while nobody else calls.</param>
/// <param name="Flushes">How long the disk takes for the flushes of one case.</param>
/// <param name="FlushesPerCase">How many those are.</param>
/// <param name="Others">The cores that others used meanwhile.</param>
internal sealed record AloneResult(Latencies Case, Latencies Flushes, int FlushesPerCase, double? Others)
{
    /// <summary>How many times its flushes a case takes, median by median.</summary>
    public double Ratio => Case.Median / Flushes.Median;
}

/// <summary>Measures it: some flushes, some cases, and again, so that a disk which changes its pace changes it for both.</summary>
internal static class OneCaseAlone
{
    private const int Block = 50;

    public static AloneResult Run(StandaloneProcess server, string folder, IReadOnlyList<RecordedCase> recorded, int cases, Action<double> progress)
    {
        var sizes = recorded[0].Sizes;
        using var probe = new DiskProbe(folder);
        using var caller = new Caller(server.Address, wait: true);
        var meter = new CpuMeter(server);
        var times = new List<long>(cases);
        while (times.Count < cases)
        {
            probe.Run(sizes, Block);
            // The first ones find the server asleep, and do not count.
            Call(caller, Block / 5);
            times.AddRange(Call(caller, Block));
            progress((double)times.Count / cases);
        }
        return new(new Latencies(times), probe.Times, sizes.Count, meter.Read().Others);
    }

    /// <summary>So many cases one after the other; the times that they took.</summary>
    public static List<long> Call(StandaloneProcess server, int count)
    {
        using var caller = new Caller(server.Address, wait: true);
        return Call(caller, count);
    }

    private static List<long> Call(Caller caller, int count)
    {
        var times = new List<long>(count);
        while (times.Count < count)
        {
            var sent = Stopwatch.GetTimestamp();
            caller.Call();
            times.Add(Stopwatch.GetTimestamp() - sent);
        }
        return times;
    }
}
