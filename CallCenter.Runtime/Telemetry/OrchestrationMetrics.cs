using System.Diagnostics.Metrics;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;
using static CallCenter.Runtime.Telemetry.MetricTags;

namespace CallCenter.Runtime.Telemetry;

/// <summary>How many instances start, end, are open and wait, and what was refused.</summary>
internal sealed class OrchestrationMetrics(Meter meter)
{
    /// <summary>From 5 ms to a day: a case may take one step or wait for a person.</summary>
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries =
            [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900, 1_800, 3_600, 14_400, 43_200, 86_400],
    };

    private static readonly string[] Reasons = ["disk", "overload", "stopping", "unfinished"];

    private readonly Counter<long> _started =
        meter.CreateCounter<long>("callcenter.orchestrations.started", "{instance}", "Instances that were started");
    private readonly Counter<long> _ended =
        meter.CreateCounter<long>("callcenter.orchestrations.ended", "{instance}", "Instances that have ended");
    private readonly Histogram<double> _duration = meter.CreateHistogram(
        "callcenter.orchestration.duration", "s", "From an instance's start to its end, without the time that it lay failed before a rewind", null, Buckets);
    private readonly Counter<long> _refused =
        meter.CreateCounter<long>("callcenter.starts.refused", "{start}", "Starts, restarts and rewinds that were answered 503");

    private (double Seconds, int Instances) _recovery;

    public void CountStart(string name) => _started.Add(1, Tag(TaskName, name));

    public void CountEnd(CommittedInstance shown, ExecutionEnded end)
    {
        if (!_ended.Enabled && !_duration.Enabled)
            return;
        var (name, status) = (Tag(TaskName, shown.Started.Name), Tag(Status, end.Status.ToString()));
        if (end is ExecutionFailed failed)
            _ended.Add(1, name, status, Tag(ErrorType, failed.Error.Type));
        else
            _ended.Add(1, name, status);
        _duration.Record(Math.Max(0, (end.At - shown.Started.At - shown.LayFailed).TotalSeconds), name, status);
    }

    public void CountRefusal(string reason) => _refused.Add(1, Tag(Reason, reason));

    /// <summary>The program has read its journal and taken up what had not ended.</summary>
    public void Recovered(TimeSpan duration, int instances) => _recovery = (duration.TotalSeconds, instances);

    public void Observe(Meter ofRuntime, EmbeddedRuntime runtime)
    {
        // From the first look on: nobody sees a series grow that begins with its first refusal.
        foreach (var reason in Reasons)
            _refused.Add(0, Tag(Reason, reason));
        ofRuntime.CreateObservableUpDownCounter("callcenter.orchestrations.active", () => runtime.Unfinished.All()
            .Select(one => new Measurement<long>(one.Count, Tag(TaskName, one.Name), Tag(State, StateOf(one.Status)))),
            "{instance}", "Instances that have not ended");
        ofRuntime.CreateObservableUpDownCounter("callcenter.orchestrations.waiting", () => runtime.Waiting.Names()
            .Select(name => new Measurement<long>(runtime.Waiting.Oldest(name).Count, Tag(TaskName, name))),
            "{instance}", "Instances among the active ones that wait for an event");
        ofRuntime.CreateObservableGauge("callcenter.orchestrations.oldest_waiting", () => runtime.Waiting.Names()
            .Select(name => new Measurement<double>(Age(runtime, name), Tag(TaskName, name))),
            "s", "How long the longest-waiting instance has waited; 0 when none waits");
        ofRuntime.CreateObservableGauge(
            "callcenter.orchestrations.limit", () => runtime.Options.MaxUnfinished, "{instance}", "The most that may be active (CallCenter:MaxUnfinished)");
        ofRuntime.CreateObservableGauge("callcenter.recovery.duration", () => _recovery.Seconds, "s", "How long the last start took to read the journal and resume its instances");
        ofRuntime.CreateObservableGauge("callcenter.recovery.instances", () => _recovery.Instances, "{instance}", "How many instances the last start resumed");
    }

    private static string StateOf(OrchestrationRuntimeStatus status) => status == OrchestrationRuntimeStatus.Suspended ? "suspended" : "running";

    private static double Age(EmbeddedRuntime runtime, string name) =>
        runtime.Waiting.Oldest(name).Since is { } since ? Math.Max(0, (runtime.Now - since).TotalSeconds) : 0;
}
