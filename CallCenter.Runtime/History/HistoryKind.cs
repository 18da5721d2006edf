namespace CallCenter.Runtime.History;

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
    /// <summary>Belongs to the start before it.</summary>
    TraceContext = 15,
}
