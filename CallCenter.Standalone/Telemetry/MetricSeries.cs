namespace CallCenter.Standalone.Telemetry;

/// <summary>What was measured with the same attributes. From any thread.</summary>
/// <param name="tags">The attributes.</param>
/// <param name="bounds">How many bounds a histogram has; 0 for none.</param>
/// <param name="next">Another series whose attributes happen to have the same hash.</param>
internal sealed class MetricSeries(ReadOnlySpan<KeyValuePair<string, object?>> tags, int bounds, MetricSeries? next)
{
    private readonly KeyValuePair<string, object?>[] _tags = tags.ToArray();
    private readonly long[] _buckets = new long[bounds + 1];
    private double _value;

    public MetricSeries? Next => next;

    /// <summary>The attributes as Prometheus writes them, without the braces; empty for none.</summary>
    public string Labels { get; } = PrometheusText.Labels(tags);

    /// <summary>The sum, or the last value.</summary>
    public double Value => Volatile.Read(ref _value);

    /// <summary>How many values fell into each bucket of a histogram, and behind its last bound.</summary>
    public IReadOnlyList<long> Buckets => _buckets;

    /// <summary>The same for the same attributes in any order.</summary>
    public static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = tags.Length;
        foreach (ref readonly var tag in tags)
            hash ^= HashCode.Combine(tag.Key.Length, tag.Value);
        return hash;
    }

    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length != _tags.Length)
            return false;
        for (var i = 0; i < tags.Length; i++)
        {
            // Nearly always in the same order.
            if (!Same(_tags[i], tags[i]) && !HasAnywhere(tags[i]))
                return false;
        }
        return true;
    }

    public void Set(double value) => Volatile.Write(ref _value, value);

    public void Add(double value)
    {
        double before, now = Value;
        do
        {
            before = now;
            now = Interlocked.CompareExchange(ref _value, before + value, before);
        }
        while (now != before);
    }

    public void Observe(double value, double[] bounds)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _buckets[bucket]);
        Add(value);
    }

    public IEnumerable<MetricSeries> AndNext()
    {
        for (var series = this; series is not null; series = series.Next)
            yield return series;
    }

    private bool HasAnywhere(in KeyValuePair<string, object?> tag)
    {
        foreach (ref readonly var one in _tags.AsSpan())
        {
            if (Same(one, tag))
                return true;
        }
        return false;
    }

    private static bool Same(in KeyValuePair<string, object?> one, in KeyValuePair<string, object?> other) =>
        one.Key == other.Key && Equals(one.Value, other.Value);
}
