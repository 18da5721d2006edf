using System.Diagnostics;

namespace CallCenter.Bench.Load;

/// <summary>How long calls took.</summary>
/// <param name="ticks">Each call's time, in ticks of the <see cref="Stopwatch"/>, in any order.</param>
internal sealed class Latencies(IEnumerable<long> ticks)
{
    private readonly long[] _sorted = [.. ticks.Order()];

    /// <summary>How many there are.</summary>
    public int Count => _sorted.Length;

    /// <summary>The middle one, in milliseconds.</summary>
    public double Median => Percentile(50);

    /// <summary>The time within which so many in a hundred came back, in milliseconds.</summary>
    public double Percentile(double percent)
    {
        if (_sorted.Length == 0)
            return double.NaN;
        var rank = (int)Math.Ceiling(percent / 100 * _sorted.Length) - 1;
        return Stopwatch.GetElapsedTime(0, _sorted[Math.Clamp(rank, 0, _sorted.Length - 1)]).TotalMilliseconds;
    }
}
