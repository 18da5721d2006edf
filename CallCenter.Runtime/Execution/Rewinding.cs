using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Execution;

/// <summary>Makes of the history of a failed instance one that goes on.</summary>
internal static class Rewinding
{
    /// <summary>
    /// Takes back the failures that ended it: those from which the orchestration did not go on. A failure that it caught, and completed
    /// steps, stay as they are. The end stays too, which says nothing to the orchestration: from then on it lay failed.
    /// </summary>
    public static IReadOnlyList<HistoryEvent> Rewind(IReadOnlyList<HistoryEvent> history, ExecutionRewound rewound)
    {
        var last = history.OfType<StepEvent>().Select(step => step.Sequence).DefaultIfEmpty(-1).Max();
        var back = history.OfType<TaskFailed>().Where(failed => failed.NextSequence > last).Select(failed => failed.Sequence).ToHashSet();
        return
        [
            .. history.Where(item => item is not CustomStatusKept
                && !(item is TaskFailed failed && back.Contains(failed.Sequence))
                && !(item is AttemptFailed attempt && back.Contains(attempt.Sequence))),
            rewound,
        ];
    }

    /// <summary>From when until when an instance lay failed before it was taken up again. A history of before ends were kept in it does not say.</summary>
    public static IEnumerable<(DateTime From, DateTime To)> Rests(IReadOnlyList<HistoryEvent> history)
    {
        for (var i = 1; i < history.Count; i++)
        {
            if (history[i] is ExecutionRewound && history[i - 1] is ExecutionFailed)
                yield return (history[i - 1].At, history[i].At);
        }
    }

    /// <summary>How long that was in all.</summary>
    public static TimeSpan LayFailed(IReadOnlyList<HistoryEvent> history)
    {
        var time = TimeSpan.Zero;
        // Every new instance comes here, with its start and nothing else.
        if (history.Count < 3)
            return time;
        foreach (var (from, to) in Rests(history))
            time += to - from;
        return time;
    }
}
