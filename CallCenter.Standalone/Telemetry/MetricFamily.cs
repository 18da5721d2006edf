using System.Diagnostics.Metrics;

namespace CallCenter.Standalone.Telemetry;

/// <summary>What Prometheus knows a metric as.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>One instrument, and what it has measured by attributes. From any thread.</summary>
internal sealed class MetricFamily
{
    /// <summary>What more attributes than that bring goes into one series, which says so: a page must not grow without end.</summary>
    public const int MostSeries = 1000;

    /// <summary>OpenTelemetry's own, for histograms that say nothing.</summary>
    private static readonly double[] DefaultBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private static readonly KeyValuePair<string, object?>[] Overflow = [new("otel.metric.overflow", "true")];

    private readonly Lock _gate = new();
    private readonly bool _isSet;
    private readonly bool _isObserved;
    private readonly double[] _bounds;
    private volatile Dictionary<int, MetricSeries> _series = [];
    private int _count;

    private MetricFamily(Instrument instrument, MetricKind kind, bool isSet)
    {
        (Kind, _isSet, _isObserved) = (kind, isSet, instrument.IsObservable);
        Name = PrometheusText.NameOf(instrument.Name, instrument.Unit, kind);
        Help = instrument.Description ?? "";
        _bounds = kind == MetricKind.Histogram ? BoundsOf(instrument) : [];
    }

    public string Name { get; }
    public string Help { get; }
    public MetricKind Kind { get; }

    /// <summary>The upper ends of the buckets of a histogram.</summary>
    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>What it has measured, in the order of the labels.</summary>
    public IEnumerable<MetricSeries> Series => _series.Values.SelectMany(series => series.AndNext()).OrderBy(series => series.Labels, StringComparer.Ordinal);

    /// <summary>The family of an instrument; null for one of a kind that nobody knows.</summary>
    public static MetricFamily? Of(Instrument instrument)
    {
        var type = instrument.GetType();
        var kind = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>))
            return new(instrument, MetricKind.Counter, isSet: instrument.IsObservable);
        if (kind == typeof(UpDownCounter<>) || kind == typeof(ObservableUpDownCounter<>))
            return new(instrument, MetricKind.Gauge, isSet: instrument.IsObservable);
        if (kind == typeof(Gauge<>) || kind == typeof(ObservableGauge<>))
            return new(instrument, MetricKind.Gauge, isSet: true);
        return kind == typeof(Histogram<>) ? new(instrument, MetricKind.Histogram, isSet: false) : null;
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(tags);
        if (_isSet)
            series.Set(value);
        else if (!double.IsFinite(value))
            return;
        else if (Kind == MetricKind.Histogram)
            series.Observe(value, _bounds);
        else
            series.Add(value);
    }

    /// <summary>Forgets what is asked anew: what is not there any more is not told again.</summary>
    public void Forget()
    {
        if (_isObserved)
            (_series, _count) = ([], 0);
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = MetricSeries.HashOf(tags);
        return Find(_series, hash, tags) ?? Make(hash, tags);
    }

    private static MetricSeries? Find(Dictionary<int, MetricSeries> all, int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        for (var series = all.GetValueOrDefault(hash); series is not null; series = series.Next)
        {
            if (series.Has(tags))
                return series;
        }
        return null;
    }

    /// <summary>The dictionary is never changed, but replaced: whoever only looks needs no lock.</summary>
    private MetricSeries Make(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            if (Find(_series, hash, tags) is { } known)
                return known;
            if (_count > MostSeries)
                return Find(_series, MetricSeries.HashOf(Overflow), Overflow)!;
            if (_count++ == MostSeries)
            {
                hash = MetricSeries.HashOf(Overflow);
                tags = Overflow;
            }
            var made = new MetricSeries(tags, _bounds.Length, _series.GetValueOrDefault(hash));
            _series = new(_series) { [hash] = made };
            return made;
        }
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultBounds,
    };
}
