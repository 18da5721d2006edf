using Microsoft.DurableTask.Client;

namespace CallCenter.Functions.Retention;

/// <summary>
/// Removes ended instances of some orchestrations. The SDK's own purge by filter knows neither the names of orchestrations nor when an
/// instance ended: it would take other apps' instances in the hub, and a case that waited for a month and ended just now.
/// </summary>
/// <param name="client">The task hub.</param>
/// <param name="names">The orchestrations whose instances go.</param>
/// <param name="clock">The clock.</param>
internal sealed class InstancePurge(DurableTaskClient client, IReadOnlySet<string> names, TimeProvider clock)
{
    /// <summary>How many are removed at the same time. One takes some ten requests to the storage, and mostly waits for the network.</summary>
    private const int AtOnce = 8;

    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Goes through the hub page by page.</summary>
    /// <param name="endedBefore">Instances that ended before this go.</param>
    /// <param name="until">When to stop; what is left is for the next run.</param>
    /// <param name="cancellation">Ends it between two instances.</param>
    /// <returns>How many went, and whether none that should go is left.</returns>
    public async Task<(int Purged, bool IsComplete)> RunAsync(
        DateTimeOffset endedBefore, DateTimeOffset until, CancellationToken cancellation)
    {
        var purged = 0;
        var isLate = false;
        // Nothing ends before it begins, so the storage can leave out what began later.
        var query = new OrchestrationQuery(CreatedTo: endedBefore, Statuses: Ended);
        await foreach (var page in client.GetAllInstancesAsync(query).AsPages().WithCancellation(cancellation))
        {
            var old = page.Values.Where(instance => names.Contains(instance.Name) && instance.LastUpdatedAt < endedBefore);
            var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
            await Parallel.ForEachAsync(old, options, async (instance, stop) =>
            {
                if (clock.GetUtcNow() >= until)
                    isLate = true;
                else
                    Interlocked.Add(ref purged, await PurgeAsync(instance.InstanceId, stop));
            });
            if (isLate)
                break;
        }
        return (purged, !isLate);
    }

    private async Task<int> PurgeAsync(string instanceId, CancellationToken cancellation)
    {
        try
        {
            return (await client.PurgeInstanceAsync(instanceId, (PurgeInstanceOptions?)null, cancellation)).PurgedInstanceCount;
        }
        catch (InvalidOperationException)
        {
            // It was restarted or rewound since it was listed, and has not ended any more.
            return 0;
        }
    }
}
