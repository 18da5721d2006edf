using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using Microsoft.DurableTask;

namespace CallCenter.Functions.Orchestration;

/// <summary>What the process may ask of a durable runtime, answered by the Durable Task SDK.</summary>
/// <remarks>
/// Like the process itself, this code awaits nothing but the SDK's tasks, and awaits them plainly. Any other await leaves the
/// case running for ever, without a word in any log.
/// </remarks>
/// <param name="context">The SDK's context of one orchestration instance.</param>
public sealed class DurableOrchestrationContext(TaskOrchestrationContext context) : IOrchestrationContext
{
    /// <inheritdoc/>
    public string InstanceId => context.InstanceId;

    /// <inheritdoc/>
    public DateTime CurrentUtcDateTime => context.CurrentUtcDateTime;

    /// <inheritdoc/>
    public async Task<T> CallActivityAsync<T>(string name, object? input, Durable.Seams.RetryPolicy? retryPolicy = null)
    {
        try
        {
            return await context.CallActivityAsync<T>(name, input, Options(retryPolicy));
        }
        catch (TaskFailedException failure)
        {
            // Uncaught, the SDK's exception would lose the type of the activity's error: the status would know only 'TaskFailedException'.
            throw new ActivityFailedException(name, new ErrorDetails(failure.FailureDetails.ErrorType, failure.FailureDetails.ErrorMessage));
        }
    }

    /// <inheritdoc/>
    public Task CreateTimerAsync(TimeSpan delay) => context.CreateTimer(delay, CancellationToken.None);

    /// <inheritdoc/>
    public async Task<T> WaitForExternalEventAsync<T>(string name, TimeSpan timeout)
    {
        JsonElement? payload;
        try
        {
            // As raw JSON, or nothing at all: what the SDK cannot read it throws at outside of any catch of ours, and the case is lost.
            payload = await context.WaitForExternalEvent<JsonElement?>(name, timeout);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No event '{name}' came within {timeout}.");
        }
        return Read<T>(name, payload);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The SDK writes the object outside of any catch of ours,
    /// and an orchestration whose status cannot be written then hangs; so it gets JSON.
    /// </remarks>
    public void SetCustomStatus(object? customStatus) =>
        context.SetCustomStatus(customStatus is null ? null : JsonSerializer.SerializeToElement(customStatus, customStatus.GetType()));

    private static T Read<T>(string name, JsonElement? payload)
    {
        try
        {
            return payload is { } json && json.Deserialize<T>() is { } read ? read : throw new FormatException($"The event '{name}' came without a payload.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"The payload of the event '{name}' is not a {typeof(T).Name}: {error.Message}", error);
        }
    }

    /// <summary>None for a single attempt: a policy would put a timer behind its failure, for nothing.</summary>
    private static TaskOptions? Options(Durable.Seams.RetryPolicy? policy) => policy is null or { MaxAttempts: 1 }
        ? null
        : TaskOptions.FromRetryPolicy(new Microsoft.DurableTask.RetryPolicy(
            policy.MaxAttempts, policy.FirstDelay, policy.Backoff, Durable.Seams.RetryPolicy.MaxDelay));
}
