using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.History;

/// <summary>
/// One thing that happened to an instance. The history is the instance: running the orchestration against it again gives
/// the same state. Times are UTC, whole milliseconds; payloads are UTF-8 JSON.
/// </summary>
internal abstract record HistoryEvent(HistoryKind Kind, DateTime At);

/// <summary>The instance was started.</summary>
internal sealed record ExecutionStarted(DateTime At, string Name, ReadOnlyMemory<byte> Input) : HistoryEvent(HistoryKind.ExecutionStarted, At)
{
    /// <summary>The trace that it was started in; null when that is not recorded.</summary>
    public TraceContext? Trace { get; init; }
}

/// <summary>What the orchestration asked for under a sequence number has come to its end.</summary>
internal abstract record StepEvent(HistoryKind Kind, DateTime At, int Sequence) : HistoryEvent(Kind, At);

/// <summary>An activity gave its result.</summary>
internal sealed record TaskCompleted(
    DateTime At, int Sequence, string Name, ReadOnlyMemory<byte> Input, DateTime StartedAt, ReadOnlyMemory<byte> Result)
    : StepEvent(HistoryKind.TaskCompleted, At, Sequence);

/// <summary>
/// An activity failed and has no attempt left. NextSequence is the number that the orchestration would have used next: if
/// nothing of that number or above happened later, it did not go on from this failure, and a rewind takes it back.
/// </summary>
internal sealed record TaskFailed(
    DateTime At, int Sequence, string Name, ReadOnlyMemory<byte> Input, DateTime StartedAt, ErrorDetails Error, int NextSequence)
    : StepEvent(HistoryKind.TaskFailed, At, Sequence);

/// <summary>A timer came due: one that the orchestration made, or the timeout of a wait for an event.</summary>
internal sealed record TimerFired(DateTime At, int Sequence, DateTime DueAt) : StepEvent(HistoryKind.TimerFired, At, Sequence);

/// <summary>An activity failed and will be tried again at <paramref name="NextAt"/>.</summary>
internal sealed record AttemptFailed(
    DateTime At, int Sequence, string Name, int Attempt, DateTime StartedAt, ErrorDetails Error, DateTime NextAt) : HistoryEvent(HistoryKind.AttemptFailed, At);

/// <summary>An external event arrived.</summary>
internal sealed record EventRaised(DateTime At, string Name, ReadOnlyMemory<byte> Payload) : HistoryEvent(HistoryKind.EventRaised, At)
{
    /// <summary>Where it was raised, if that is recorded. Not kept: who awaits it points there when it comes.</summary>
    public System.Diagnostics.ActivityContext? Trace { get; init; }
}

/// <summary>The instance was suspended.</summary>
internal sealed record ExecutionSuspended(DateTime At, string? Reason) : HistoryEvent(HistoryKind.ExecutionSuspended, At);

/// <summary>The instance was resumed.</summary>
internal sealed record ExecutionResumed(DateTime At, string? Reason) : HistoryEvent(HistoryKind.ExecutionResumed, At);

/// <summary>The failed instance was taken up again.</summary>
internal sealed record ExecutionRewound(DateTime At, string? Reason) : HistoryEvent(HistoryKind.ExecutionRewound, At);

/// <summary>The instance ended; nothing follows.</summary>
internal abstract record ExecutionEnded(HistoryKind Kind, DateTime At) : HistoryEvent(Kind, At)
{
    public abstract OrchestrationRuntimeStatus Status { get; }
}

/// <summary>The orchestration returned.</summary>
internal sealed record ExecutionCompleted(DateTime At, ReadOnlyMemory<byte> Output) : ExecutionEnded(HistoryKind.ExecutionCompleted, At)
{
    public override OrchestrationRuntimeStatus Status => OrchestrationRuntimeStatus.Completed;
}

/// <summary>The orchestration threw.</summary>
internal sealed record ExecutionFailed(DateTime At, ErrorDetails Error) : ExecutionEnded(HistoryKind.ExecutionFailed, At)
{
    public override OrchestrationRuntimeStatus Status => OrchestrationRuntimeStatus.Failed;
}

/// <summary>The instance was ended from outside.</summary>
internal sealed record ExecutionTerminated(DateTime At, string? Reason) : ExecutionEnded(HistoryKind.ExecutionTerminated, At)
{
    public override OrchestrationRuntimeStatus Status => OrchestrationRuntimeStatus.Terminated;
}

/// <summary>The custom status as it was when the instance ended. Only archives hold it: of a running instance it is found by replay.</summary>
internal sealed record CustomStatusKept(DateTime At, ReadOnlyMemory<byte> Status) : HistoryEvent(HistoryKind.CustomStatusKept, At);
