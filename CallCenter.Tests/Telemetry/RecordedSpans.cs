using System.Collections.Concurrent;
using System.Diagnostics;
using CallCenter.Runtime.Telemetry;

namespace CallCenter.Tests.Telemetry;

/// <summary>The spans of one runtime, in the order of their ends.</summary>
internal sealed class RecordedSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    /// <param name="telemetry">The runtime's.</param>
    /// <param name="sampling">Whether they are recorded.</param>
    public RecordedSpans(RuntimeTelemetry telemetry, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source == telemetry.Traces.Source,
            Sample = (ref _) => sampling,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> All => [.. _ended];

    public IEnumerable<string> Names => _ended.Select(span => span.DisplayName);

    /// <summary>The only one of a name.</summary>
    public Activity this[string name] => _ended.Single(span => span.DisplayName == name);

    public void Dispose() => _listener.Dispose();
}
