using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CallCenter.Runtime.Telemetry;

/// <summary>What the journal takes: time, flushes, room.</summary>
internal sealed class JournalMetrics(Meter meter)
{
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1],
    };

    private static readonly InstrumentAdvice<long> Records = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] };

    private readonly Histogram<double> _flush =
        meter.CreateHistogram("callcenter.journal.flush.duration", "s", "How long it took to write and flush a batch", null, Durations);
    private readonly Histogram<long> _records =
        meter.CreateHistogram("callcenter.journal.batch.records", "{record}", "How many records shared a flush", null, Records);
    private readonly Counter<long> _written = meter.CreateCounter<long>("callcenter.journal.written", "By", "What was written to the journal");
    private readonly Counter<long> _compacted = meter.CreateCounter<long>("callcenter.journal.compacted", "By", "What compaction returned to the disk");

    /// <summary>A batch is on disk.</summary>
    /// <param name="began">When writing it began (<see cref="Stopwatch.GetTimestamp"/>).</param>
    /// <param name="records">How many records it has; 0 for a mark.</param>
    /// <param name="bytes">Its size.</param>
    public void CountFlush(long began, int records, int bytes)
    {
        if (!_flush.Enabled && !_records.Enabled && !_written.Enabled)
            return;
        _flush.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        if (records > 0)
            _records.Record(records);
        _written.Add(bytes);
    }

    public void CountCompacted(long bytes) => _compacted.Add(bytes);

    /// <summary>Measures from now on how large the journal is.</summary>
    /// <param name="segments">The ends of its segments' contents.</param>
    public void Observe(Func<IReadOnlyList<int>> segments)
    {
        _compacted.Add(0);
        meter.CreateObservableUpDownCounter("callcenter.journal.size", () => segments().Sum(end => (long)end), "By", "The size of the journal's contents");
        meter.CreateObservableUpDownCounter("callcenter.journal.segments", () => segments().Count, "{segment}", "The files that hold them");
    }
}
