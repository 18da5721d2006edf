namespace CallCenter.Durable.Seams;

/// <summary>
/// What the HTTP contract may ask of a durable runtime. Named after <c>DurableTaskClient</c> of the Durable Task SDK.
/// </summary>
/// <remarks>
/// Answers are values, not exceptions: an unknown or an ended instance is an everyday answer. Every call that changes
/// something throws <see cref="OrchestrationUnavailableException"/> while the runtime takes no work (overload, full disk, shutdown).
/// </remarks>
public interface IOrchestrationClient
{
    /// <summary>Starts an orchestration. When the task completes, the start is durable.</summary>
    /// <param name="orchestrationName">The registered name of the orchestration.</param>
    /// <param name="input">Its input, written as JSON.</param>
    /// <param name="instanceId">The id wanted; null for one that <see cref="InstanceId"/> makes.</param>
    /// <param name="cancellation">Ends the waiting, not a start that has been made.</param>
    /// <returns>The instance id, or null when an instance of that id exists, finished or not: nothing was started then.</returns>
    Task<string?> ScheduleAsync(string orchestrationName, object input, string? instanceId, CancellationToken cancellation);

    /// <summary>The state of an instance, or null when there is none of that id.</summary>
    Task<OrchestrationState?> GetAsync(string instanceId, CancellationToken cancellation);

    /// <summary>
    /// The state of an instance as soon as it has ended, or as it is when <paramref name="timeout"/> has passed; null when
    /// there is none of that id. Cancelling ends the waiting, never the instance.
    /// </summary>
    Task<OrchestrationState?> WaitForCompletionAsync(string instanceId, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>One page of the instances that fit the query, newest first where the runtime can.</summary>
    /// <exception cref="InvalidContinuationTokenException">The token is not one that this runtime gave.</exception>
    Task<OrchestrationPage> QueryAsync(OrchestrationQuery query, CancellationToken cancellation);

    /// <summary>Sends an external event; it is kept until the orchestration awaits it.</summary>
    Task<OrchestrationAnswer> RaiseEventAsync(string instanceId, string eventName, object? payload, CancellationToken cancellation);

    /// <summary>Ends an instance now. Its output becomes the reason.</summary>
    Task<OrchestrationAnswer> TerminateAsync(string instanceId, string? reason, CancellationToken cancellation);

    /// <summary>Holds an instance: what arrives is kept, nothing new is begun.</summary>
    Task<OrchestrationAnswer> SuspendAsync(string instanceId, string? reason, CancellationToken cancellation);

    /// <summary>Lets a suspended instance go on.</summary>
    Task<OrchestrationAnswer> ResumeAsync(string instanceId, string? reason, CancellationToken cancellation);

    /// <summary>
    /// Takes a failed instance up again at the step that failed; completed steps are kept.
    /// Anything but Failed is <see cref="OrchestrationAnswer.WrongState"/>.
    /// </summary>
    Task<OrchestrationAnswer> RewindAsync(string instanceId, string? reason, CancellationToken cancellation);

    /// <summary>Starts the orchestration of an instance anew with the same input.</summary>
    /// <param name="instanceId">The instance to repeat.</param>
    /// <param name="withNewInstanceId">False replaces the instance itself, which must have ended (else <see cref="OrchestrationAnswer.WrongState"/>).</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The answer, and the id of the started instance when it is <see cref="OrchestrationAnswer.Accepted"/>.</returns>
    Task<(OrchestrationAnswer Answer, string? InstanceId)> RestartAsync(string instanceId, bool withNewInstanceId, CancellationToken cancellation);

    /// <summary>Removes an ended instance and its history; a running one is <see cref="OrchestrationAnswer.WrongState"/>.</summary>
    Task<OrchestrationAnswer> PurgeAsync(string instanceId, CancellationToken cancellation);
}

/// <summary>How a runtime answered a call about one instance.</summary>
public enum OrchestrationAnswer
{
    /// <summary>Done, or durably on its way.</summary>
    Accepted,

    /// <summary>There is no instance of that id.</summary>
    NotFound,

    /// <summary>The instance has ended: there is nothing left to do to it.</summary>
    Ended,

    /// <summary>The instance is in a state that the call does not fit.</summary>
    WrongState,
}
