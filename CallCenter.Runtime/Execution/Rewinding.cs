using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Execution;

/// <summary>Makes of the history of a failed instance one that goes on.</summary>
internal static class Rewinding
{
    /// <summary>
    /// Takes back the end, and the failures that ended it: those from which the orchestration did not go on. A failure that it
    /// caught, and completed steps, stay as they are.
    /// </summary>
    public static IReadOnlyList<HistoryEvent> Rewind(IReadOnlyList<HistoryEvent> history, ExecutionRewound rewound)
    {
        var last = history.OfType<StepEvent>().Select(step => step.Sequence).DefaultIfEmpty(-1).Max();
        var back = history.OfType<TaskFailed>().Where(failed => failed.NextSequence > last).Select(failed => failed.Sequence).ToHashSet();
        return
        [
            .. history.Where(item => item is not (ExecutionEnded or CustomStatusKept)
                && !(item is TaskFailed failed && back.Contains(failed.Sequence))
                && !(item is AttemptFailed attempt && back.Contains(attempt.Sequence))),
            rewound,
        ];
    }
}
