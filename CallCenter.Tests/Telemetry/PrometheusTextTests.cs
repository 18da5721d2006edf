using System.Diagnostics.Metrics;
using CallCenter.Standalone.Telemetry;

namespace CallCenter.Tests.Telemetry;

/// <summary>How measurements become text.</summary>
public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter _meter = new("test");
    private readonly MeterReadings _readings;

    public PrometheusTextTests() => _readings = new(meter => meter == _meter);

    public void Dispose()
    {
        _readings.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Read_Nothing_IsEmpty() => Assert.Equal("", _readings.Read());

    [Fact]
    public void Read_TextThatMustBeEscaped_IsEscaped()
    {
        _meter.CreateCounter<int>("calls.made", "{call}", "A \\ and\na line").Add(2, new("a.b", "x\"y\\z\nw"), new("none", null));

        Assert.Equal(
            """
            # HELP calls_made_total A \\ and\na line
            # TYPE calls_made_total counter
            calls_made_total{a_b="x\"y\\z\nw"} 2

            """.ReplaceLineEndings("\n"),
            _readings.Read());
    }

    [Fact]
    public void Read_Histogram_HasCumulativeBucketsSumAndCount()
    {
        var histogram = _meter.CreateHistogram("wait.time", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var value in new[] { 0.25, 0.5, 0.75, 8, double.NaN })
            histogram.Record(value, new KeyValuePair<string, object?>("ok", true));

        Assert.Equal(
            """
            # TYPE wait_time_seconds histogram
            wait_time_seconds_bucket{ok="true",le="0.5"} 2
            wait_time_seconds_bucket{ok="true",le="1"} 3
            wait_time_seconds_bucket{ok="true",le="+Inf"} 4
            wait_time_seconds_sum{ok="true"} 9.5
            wait_time_seconds_count{ok="true"} 4

            """.ReplaceLineEndings("\n"),
            _readings.Read());
    }

    [Theory]
    [InlineData("a.size", "By", "a_size_bytes 3")]
    [InlineData("a.time.seconds", "s", "a_time_seconds 3")]
    [InlineData("a.speed", "By/s", "a_speed 3")]
    [InlineData("2nd-best", null, "_nd_best 3")]
    public void Read_Gauge_HasItsUnit(string name, string? unit, string expected)
    {
        _meter.CreateGauge<long>(name, unit).Record(3);

        Assert.EndsWith(expected + "\n", _readings.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SameAttributesInAnotherOrder_AreOneSeries()
    {
        var counter = _meter.CreateUpDownCounter<double>("open");
        counter.Add(2, new("a", 1), new("b", "x"));
        counter.Add(-0.5, new("b", "x"), new("a", 1));

        Assert.Equal(1.5, MetricsPage.Read(_readings)["""open{a="1",b="x"}"""]);
    }

    [Fact]
    public void Read_WhatIsObserved_IsToldAsItIsNow()
    {
        List<Measurement<int>> now = [new(1, new KeyValuePair<string, object?>("of", "one")), new(2, new KeyValuePair<string, object?>("of", "two"))];
        _meter.CreateObservableUpDownCounter("open", () => now);
        _meter.CreateObservableCounter("gone", () => now.Sum(one => one.Value));
        _meter.CreateObservableGauge("broken", int () => throw new InvalidOperationException("not now"));
        MetricsPage.Read(_readings);
        now = [new(5, new KeyValuePair<string, object?>("of", "two"))];

        var page = MetricsPage.Read(_readings);

        Assert.Equal(["gone_total", """open{of="two"}"""], page.Samples.Keys);
        Assert.Equal((5, 5), (page["gone_total"], page["""open{of="two"}"""]));
    }

    [Fact]
    public void Read_AttributesWithoutEnd_AreOneSeriesFromABoundOn()
    {
        var counter = _meter.CreateCounter<int>("calls");
        for (var i = 0; i < MetricFamily.MostSeries + 10; i++)
            counter.Add(1, new KeyValuePair<string, object?>("id", i));

        var page = MetricsPage.Read(_readings);

        Assert.Equal(MetricFamily.MostSeries + 1, page.Samples.Count);
        Assert.Equal(10, page["""calls_total{otel_metric_overflow="true"}"""]);
    }

    [Fact]
    public void Read_FromManyThreads_LosesNothing()
    {
        var counter = _meter.CreateCounter<int>("calls");
        var histogram = _meter.CreateHistogram<int>("sizes");
        Parallel.For(0, 10_000, i =>
        {
            counter.Add(1, new KeyValuePair<string, object?>("of", i % 7));
            histogram.Record(1, new KeyValuePair<string, object?>("of", i % 3));
        });

        var page = MetricsPage.Read(_readings);

        Assert.Equal(10_000, page.Samples.Where(sample => sample.Key.StartsWith("calls", StringComparison.Ordinal)).Sum(sample => sample.Value));
        Assert.Equal(10_000, page.Samples.Where(sample => sample.Key.StartsWith("sizes_sum", StringComparison.Ordinal)).Sum(sample => sample.Value));
    }
}
