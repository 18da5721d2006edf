using CallCenter.Api.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CallCenter.Functions.Retention;

/// <summary>Keeps the task hub from growing for ever, where a setting asks for it.</summary>
/// <param name="options">How long ended instances are kept.</param>
/// <param name="workflows">Whose instances these are: a hub may hold others.</param>
/// <param name="logger">Told how many went.</param>
/// <param name="clock">The clock.</param>
public sealed partial class RetentionFunctions(
    RetentionOptions options, IEnumerable<ServedWorkflow> workflows, ILogger<RetentionFunctions> logger, TimeProvider? clock = null)
{
    /// <summary>The longest that one run takes. The Consumption plan allows a function five minutes by default, and no plan less.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Purges ended instances that are older than the setting <c>CallCenter:Retention</c>; does nothing without it.</summary>
    /// <param name="timer">Every hour; the host runs it on one instance of the app only.</param>
    /// <param name="client">The task hub.</param>
    /// <param name="cancellation">Set when the host stops.</param>
    [Function("PurgeEndedInstances")]
    public async Task PurgeAsync(
        [TimerTrigger("0 17 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (options.Age is not { } age)
            return;

        var now = _clock.GetUtcNow();
        var names = workflows.Select(served => served.Workflow.Name).ToHashSet(StringComparer.Ordinal);
        var (purged, isComplete) = await new InstancePurge(client, names, _clock).RunAsync(now - age, now + LongestRun, cancellation);
        if (isComplete)
            LogPurged(purged, age);
        else
            LogInterrupted(purged, age);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Purged {Count} instances that ended more than {Age} ago.")]
    private partial void LogPurged(int count, TimeSpan age);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Purged {Count} instances that ended more than {Age} ago. There are more; the next run goes on.")]
    private partial void LogInterrupted(int count, TimeSpan age);
}
