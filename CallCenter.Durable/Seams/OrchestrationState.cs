using CallCenter.Durable.Errors;

namespace CallCenter.Durable.Seams;

/// <summary>The status of an instance, with the names of the Durable Task SDK.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>At work, or waiting for something.</summary>
    Running,

    /// <summary>Ended with an output.</summary>
    Completed,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Ended from outside.</summary>
    Terminated,

    /// <summary>Accepted, not begun.</summary>
    Pending,

    /// <summary>Held from outside.</summary>
    Suspended,
}

/// <summary>What is known of one orchestration instance. Times are UTC; input, custom status and output are JSON texts.</summary>
public sealed record OrchestrationState
{
    /// <summary>The instance id.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The name of the orchestration it runs.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When anything last happened to it.</summary>
    public required DateTime LastUpdatedAt { get; init; }

    /// <summary>How long it lay failed before it was taken up again; zero where the runtime cannot tell.</summary>
    public TimeSpan LayFailed { get; init; }

    /// <summary>Its input; null where a list leaves it out.</summary>
    public string? Input { get; init; }

    /// <summary>What the process last published of itself.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>
    /// The result of a completed instance, the reason of a terminated one.
    /// Of a failed one it is text that differs by runtime: never parse it.
    /// </summary>
    public string? Output { get; init; }

    /// <summary>Why a failed instance failed, as the runtime knows it.</summary>
    public ErrorDetails? Failure { get; init; }

    /// <summary>How long it took, without the time that it lay failed; null while it has not ended.</summary>
    public TimeSpan? Duration => HasEnded && LastUpdatedAt - CreatedAt - LayFailed is var time ? (time > TimeSpan.Zero ? time : TimeSpan.Zero) : null;

    /// <summary>True when the instance will not move any more by itself.</summary>
    public bool HasEnded => RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
