namespace CallCenter.Standalone.Runtime.History;

/// <summary>The first byte of an event. The numbers are in journals: never change one, only add.</summary>
internal enum HistoryKind : byte
{
    ExecutionStarted = 1,
    TaskCompleted = 2,
    TaskFailed = 3,
    TimerFired = 4,
    AttemptFailed = 5,
    /// <summary>In older journals only, where it counted restarts; says nothing any more.</summary>
    TaskRetaken = 6,
    EventRaised = 7,
    ExecutionSuspended = 8,
    ExecutionResumed = 9,
    ExecutionRewound = 10,
    ExecutionCompleted = 11,
    ExecutionFailed = 12,
    ExecutionTerminated = 13,
    CustomStatusKept = 14,
}

/// <summary>Which kind an event is of.</summary>
internal static class HistoryKinds
{
    public static HistoryKind Of(HistoryEvent item) => item switch
    {
        ExecutionStarted => HistoryKind.ExecutionStarted,
        TaskCompleted => HistoryKind.TaskCompleted,
        TaskFailed => HistoryKind.TaskFailed,
        TimerFired => HistoryKind.TimerFired,
        AttemptFailed => HistoryKind.AttemptFailed,
        EventRaised => HistoryKind.EventRaised,
        ExecutionSuspended => HistoryKind.ExecutionSuspended,
        ExecutionResumed => HistoryKind.ExecutionResumed,
        ExecutionRewound => HistoryKind.ExecutionRewound,
        ExecutionCompleted => HistoryKind.ExecutionCompleted,
        ExecutionFailed => HistoryKind.ExecutionFailed,
        ExecutionTerminated => HistoryKind.ExecutionTerminated,
        CustomStatusKept => HistoryKind.CustomStatusKept,
        _ => throw new ArgumentOutOfRangeException(nameof(item), item.GetType().Name, "This event has no kind."),
    };
}
