using System.Collections.Concurrent;
using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Figures;

/// <summary>What one orchestration did in one minute.</summary>
/// <param name="minute">Which, as <see cref="LastHour.MinuteOf"/> counts them.</param>
internal sealed class MinuteCounts(long minute)
{
    private readonly int[] _ended = new int[Enum.GetValues<OrchestrationRuntimeStatus>().Length];
    private int _started;

    /// <summary>Which minute.</summary>
    public long Minute => minute;

    /// <summary>How long its states took.</summary>
    public ConcurrentDictionary<string, Durations> States { get; } = new(StringComparer.Ordinal);

    public void AddStart() => Interlocked.Increment(ref _started);

    public void AddEnd(OrchestrationRuntimeStatus status) => Interlocked.Increment(ref _ended[(int)status]);

    public void AddStep(string state, TimeSpan time) => States.GetOrAdd(state, static _ => new Durations()).Add(time);

    /// <summary>Adds those of the same minute from elsewhere.</summary>
    public MinuteFigures Plus(MinuteCounts? others, DateTime at) => new(
        at,
        _started + (others?._started ?? 0),
        Ended(OrchestrationRuntimeStatus.Completed, others),
        Ended(OrchestrationRuntimeStatus.Failed, others),
        Ended(OrchestrationRuntimeStatus.Terminated, others));

    private int Ended(OrchestrationRuntimeStatus status, MinuteCounts? others) =>
        Volatile.Read(ref _ended[(int)status]) + (others is null ? 0 : Volatile.Read(ref others._ended[(int)status]));
}
