using System.Diagnostics.Metrics;
using CallCenter.Runtime.Execution;
using static CallCenter.Runtime.Telemetry.MetricTags;

namespace CallCenter.Runtime.Telemetry;

/// <summary>How long activities take and wait, and how full the program is with them.</summary>
internal sealed class ActivityMetrics(Meter meter)
{
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [.0001, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1_800],
    };

    private static readonly InstrumentAdvice<double> QueueTimes = new()
    {
        HistogramBucketBoundaries = [.00005, .0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5, 10, 60],
    };

    private readonly Histogram<double> _duration =
        meter.CreateHistogram("callcenter.activity.duration", "s", "How long attempts at activities ran", null, Durations);
    private readonly Histogram<double> _queueTime =
        meter.CreateHistogram("callcenter.activity.queue_time", "s", "From when an attempt could start until it had a slot to run in", null, QueueTimes);
    private readonly Counter<long> _retaken = meter.CreateCounter<long>(
        "callcenter.activities.retaken", "{activity}", "Activities that had not ended when the program did, and were resumed by its next start");

    /// <summary>True while anybody listens.</summary>
    public bool IsOn => _duration.Enabled || _queueTime.Enabled;

    /// <param name="name">The activity.</param>
    /// <param name="outcome">What became of the attempt.</param>
    /// <param name="time">How long it ran.</param>
    public void CountAttempt(string name, AttemptOutcome outcome, TimeSpan time) =>
        _duration.Record(time.TotalSeconds, Tag(TaskName, name), Tag(Outcome, outcome.Name()));

    public void CountQueueTime(string name, TimeSpan time) => _queueTime.Record(time.TotalSeconds, Tag(TaskName, name));

    public void CountRetaken(string name) => _retaken.Add(1, Tag(TaskName, name));

    public static void Observe(Meter ofRuntime, EmbeddedRuntime runtime)
    {
        ofRuntime.CreateObservableUpDownCounter("callcenter.activities.running", () => ByName(queue => queue.Running), "{activity}", "Activities that run");
        ofRuntime.CreateObservableUpDownCounter(
            "callcenter.activities.waiting", () => ByName(queue => queue.Waiting), "{activity}", "Activities that wait for a slot to run in");
        ofRuntime.CreateObservableGauge("callcenter.activities.limit", () => runtime.Options.MaxConcurrentActivities, "{activity}",
            "The most that may run at a time (CallCenter:MaxConcurrentActivities)");
        ofRuntime.CreateObservableGauge("callcenter.activities.pending_limit", () => runtime.Options.MaxPending, "{activity}",
            "The most that may run and wait before starts are refused (CallCenter:MaxPending)");

        IEnumerable<Measurement<int>> ByName(Func<ActivityQueue, int> count) =>
            runtime.Activities.Queues.Select(queue => new Measurement<int>(count(queue), Tag(TaskName, queue.Name)));
    }
}
