using System.Collections.Concurrent;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;

namespace CallCenter.Runtime.Figures;

/// <summary>
/// What the last hour was like, by orchestration. Counted as it happens; what was before the program's start is read off the index, once, when
/// somebody first asks. How long states took is not in the index: that begins anew with each start.
/// </summary>
/// <param name="store">The index.</param>
/// <param name="since">When the program was started (UTC).</param>
internal sealed class RuntimeFigures(IInstanceStore store, DateTime since)
{
    private readonly ConcurrentDictionary<string, LastHour> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<LastHour>> _before = new(StringComparer.Ordinal);

    /// <summary>An instance was started.</summary>
    public void Start(string name, DateTime at) => Of(name).At(at).AddStart();

    /// <summary>An instance has ended.</summary>
    public void End(string name, OrchestrationRuntimeStatus status, DateTime at) => Of(name).At(at).AddEnd(status);

    /// <summary>Counts the steps that have ended since the last call for their instance.</summary>
    /// <param name="name">The orchestration.</param>
    /// <param name="steps">The steps of the instance.</param>
    /// <param name="from">What the last call returned; 0 for the first.</param>
    /// <returns>How many steps have been counted in all.</returns>
    public int Count(string name, IStepTimes steps, int from)
    {
        for (; from < steps.StepCount; from++)
        {
            var (state, startedAt, endedAt) = steps.StepAt(from);
            if (endedAt is not { } ended)
                break;
            Of(name).At(ended).AddStep(state, ended - startedAt);
        }
        return from;
    }

    /// <summary>How many steps have ended.</summary>
    public static int Ended(IStepTimes steps) =>
        steps.StepCount == 0 || steps.StepAt(steps.StepCount - 1).EndedAt is not null ? steps.StepCount : steps.StepCount - 1;

    /// <summary>The last hour of an orchestration.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="waiting">How many of its instances wait now.</param>
    /// <param name="oldest">Since when the one waits that has waited longest.</param>
    public OrchestrationFigures Read(string name, DateTime now, long waiting, DateTime? oldest)
    {
        var last = LastHour.MinuteOf(now);
        var first = last - LastHour.Minutes + 1;
        var (live, before) = (Of(name), Before(name, first));
        var minutes = new List<MinuteFigures>(LastHour.Minutes);
        var states = new SortedDictionary<string, Durations>(StringComparer.Ordinal);
        var nothing = new MinuteCounts(0);
        for (var minute = first; minute <= last; minute++)
        {
            var counts = live.Find(minute);
            minutes.Add((counts ?? nothing).Plus(before?.Find(minute), TimeOf(minute)));
            foreach (var (state, durations) in counts?.States ?? [])
            {
                if (!states.TryGetValue(state, out var sum))
                    states.Add(state, sum = new Durations());
                durations.AddTo(sum);
            }
        }
        return new(
            TimeOf(first), minutes, since > TimeOf(first) ? since : TimeOf(first),
            [.. states.Select(one => new StateFigures(one.Key, one.Value.Count, one.Value.Percentile(0.5), one.Value.Percentile(0.95)))],
            waiting, oldest);
    }

    private LastHour Of(string name) => _live.GetOrAdd(name, static _ => new LastHour());

    private LastHour? Before(string name, long first) => LastHour.MinuteOf(since) < first ? null : _before.GetOrAdd(name, one => new(() => ReadIndex(one))).Value;

    private LastHour ReadIndex(string name)
    {
        var hour = new LastHour();
        var from = since.AddMinutes(-LastHour.Minutes);
        foreach (var portion in store.Scan(new InstanceScan(name, null)))
        {
            foreach (ref readonly var entry in portion.Span)
            {
                if (entry.CreatedAt >= from && entry.CreatedAt < since)
                    hour.At(entry.CreatedAt).AddStart();
                if (entry.Status != OrchestrationRuntimeStatus.Running && entry.LastUpdatedAt >= from && entry.LastUpdatedAt < since)
                    hour.At(entry.LastUpdatedAt).AddEnd(entry.Status);
            }
        }
        return hour;
    }

    private static DateTime TimeOf(long minute) => new(minute * TimeSpan.TicksPerMinute, DateTimeKind.Utc);
}
