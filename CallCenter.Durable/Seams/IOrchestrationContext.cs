using CallCenter.Durable.Errors;

namespace CallCenter.Durable.Seams;

/// <summary>
/// What a process may ask of a durable runtime. Named after <c>TaskOrchestrationContext</c> of the Durable Task SDK,
/// so that a reader of either knows the other.
/// </summary>
/// <remarks>
/// A process awaits nothing but the tasks of its context, and awaits them plainly: no <c>ConfigureAwait(false)</c>, no
/// <c>Task.Delay</c>, no <c>Task.Run</c>. In Durable Functions such an await does not fail the orchestration, it leaves
/// it running for ever. 'Event or deadline' is <see cref="WaitForExternalEventAsync{T}"/> with its timeout.
/// </remarks>
public interface IOrchestrationContext
{
    /// <summary>The id of the running orchestration instance.</summary>
    string InstanceId { get; }

    /// <summary>The orchestration's own clock (UTC): the same on every replay.</summary>
    DateTime CurrentUtcDateTime { get; }

    /// <summary>Runs an activity and gives back its recorded result.</summary>
    /// <param name="name">The registered name of the activity.</param>
    /// <param name="input">Its input, written as JSON.</param>
    /// <param name="retryPolicy">How often a failure is tried again; none means once.</param>
    /// <exception cref="ActivityFailedException">The activity failed and its attempts are used up.</exception>
    Task<T> CallActivityAsync<T>(string name, object? input, RetryPolicy? retryPolicy = null);

    /// <summary>Completes when <paramref name="delay"/> has passed on the orchestration's clock, restarts included.</summary>
    Task CreateTimerAsync(TimeSpan delay);

    /// <summary>
    /// Waits for an external event. Events are kept until they are awaited, in the order of their arrival; names are
    /// compared without regard to case.
    /// </summary>
    /// <exception cref="TimeoutException">No such event came within <paramref name="timeout"/>.</exception>
    /// <exception cref="FormatException">
    /// The event came, and is used up, but its payload cannot be read as <typeparamref name="T"/>.
    /// </exception>
    Task<T> WaitForExternalEventAsync<T>(string name, TimeSpan timeout);

    /// <summary>
    /// Publishes what the status of this instance shows, as JSON. It is written now, or when the orchestration next waits or ends: so the
    /// object may not change until then. One that cannot be written fails the orchestration.
    /// </summary>
    void SetCustomStatus(object? customStatus);
}
