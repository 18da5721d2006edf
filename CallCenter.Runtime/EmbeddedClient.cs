using CallCenter.Durable.Seams;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Commit;

namespace CallCenter.Runtime;

/// <summary>The embedded runtime as the HTTP contract sees it.</summary>
internal sealed class EmbeddedClient(EmbeddedRuntime runtime) : IOrchestrationClient, IDisposable
{
    // Purge, rewind and restart of one ended instance must not overtake each other; they are rare, so one gate serves all.
    private readonly SemaphoreSlim _ended = new(1);

    public async Task<string?> ScheduleAsync(string orchestrationName, object input, string? instanceId, CancellationToken cancellation)
    {
        if (runtime.Registry.FindOrchestration(orchestrationName) is null)
            throw new ArgumentException($"There is no orchestration '{orchestrationName}'.", nameof(orchestrationName));
        var started = new ExecutionStarted(runtime.Now, orchestrationName, runtime.Registry.Json.Write(input));
        var instance = await runtime.StartAsync(instanceId ?? InstanceId.Create(started.At), started).WaitAsync(cancellation);
        return instance?.Id;
    }

    public Task<OrchestrationState?> GetAsync(string instanceId, CancellationToken cancellation) => Task.FromResult(Get(instanceId)?.ToState());

    public async Task<OrchestrationState?> WaitForCompletionAsync(string instanceId, TimeSpan timeout, CancellationToken cancellation)
    {
        if (runtime.Instances.Watch(instanceId) is { } instance)
        {
            try
            {
                return (await instance.Completion.WaitAsync(timeout, cancellation).WaitAsync(runtime.Stopping)).ToState();
            }
            catch (Exception over) when (over is TimeoutException || runtime.Stopping.IsCancellationRequested)
            {
                // The state as it is, then.
            }
            finally
            {
                instance.Departure.Unwatch();
            }
        }
        return Get(instanceId)?.ToState();
    }

    public Task<OrchestrationPage> QueryAsync(OrchestrationQuery query, CancellationToken cancellation)
    {
        var list = new InstanceList(runtime);
        var page = list.ReadPage(query, withTotal: true, cancellation);
        return Task.FromResult(new OrchestrationPage([.. page.Instances.Select(shown => shown.ToState())], page.Next, list.Counts(query.Name))
        {
            Total = page.Total,
            Waiting = runtime.Waiting.Count(query.Name, runtime.Now),
        });
    }

    /// <summary>One page of the instances that fit a query, and the token of the next page; nothing is counted.</summary>
    /// <exception cref="InvalidContinuationTokenException">The token is not one of ours.</exception>
    public InstancePage List(OrchestrationQuery query, CancellationToken cancellation) => new InstanceList(runtime).ReadPage(query, withTotal: false, cancellation);

    public async Task<OrchestrationAnswer> RaiseEventAsync(string instanceId, string eventName, object? payload, CancellationToken cancellation)
    {
        var json = runtime.Registry.Json.Write(payload);
        using var span = runtime.Telemetry.Traces.BeginEvent(instanceId, eventName);
        var trace = span is { Recorded: true } ? span.Context : (System.Diagnostics.ActivityContext?)null;
        return await AskAsync(instanceId, (_, now) => new EventRaised(now, eventName, json) { Trace = trace }, cancellation);
    }

    public Task<OrchestrationAnswer> TerminateAsync(string instanceId, string? reason, CancellationToken cancellation) =>
        AskAsync(instanceId, (_, now) => new ExecutionTerminated(now, reason), cancellation);

    public Task<OrchestrationAnswer> SuspendAsync(string instanceId, string? reason, CancellationToken cancellation) =>
        AskAsync(instanceId, (instance, now) => instance.IsSuspended ? null : new ExecutionSuspended(now, reason), cancellation);

    public Task<OrchestrationAnswer> ResumeAsync(string instanceId, string? reason, CancellationToken cancellation) =>
        AskAsync(instanceId, (instance, now) => instance.IsSuspended ? new ExecutionResumed(now, reason) : null, cancellation);

    public Task<OrchestrationAnswer> RewindAsync(string instanceId, string? reason, CancellationToken cancellation) =>
        WithEndedAsync(instanceId, givesRoomBack: false, async (entry, ended) =>
        {
            if (ended.Status != OrchestrationRuntimeStatus.Failed)
                return OrchestrationAnswer.WrongState;
            var history = Rewinding.Rewind(HistoryReader.ReadAll(ended.History), new ExecutionRewound(runtime.Now, reason));
            try
            {
                await runtime.ReopenAsync(entry.Number, ended, history);
                return OrchestrationAnswer.Accepted;
            }
            catch (InvalidOperationException) when (runtime.Store.Find(instanceId)?.Number != entry.Number)
            {
                // Its retention ended at this very moment.
                return OrchestrationAnswer.NotFound;
            }
        });

    public async Task<(OrchestrationAnswer Answer, string? InstanceId)> RestartAsync(string instanceId, bool withNewInstanceId, CancellationToken cancellation)
    {
        if (withNewInstanceId)
        {
            if (Get(instanceId) is not { } shown)
                return (OrchestrationAnswer.NotFound, null);
            var instance = await runtime.StartAsync(InstanceId.Create(runtime.Now), shown.Started with { At = runtime.Now }).WaitAsync(cancellation);
            return (OrchestrationAnswer.Accepted, instance!.Id);
        }
        var answer = await WithEndedAsync(instanceId, givesRoomBack: false, async (entry, ended) =>
            await runtime.StartAsync(instanceId, ended.Started with { At = runtime.Now }, (entry.Number, ended)) is null
                ? OrchestrationAnswer.WrongState
                : OrchestrationAnswer.Accepted);
        return (answer, answer == OrchestrationAnswer.Accepted ? instanceId : null);
    }

    public Task<OrchestrationAnswer> PurgeAsync(string instanceId, CancellationToken cancellation) =>
        WithEndedAsync(instanceId, givesRoomBack: true, async (entry, _) =>
        {
            await DurableWaiter.WaitAsync(runtime.Store.NotifyWhenDurable, runtime.Store.Purge(entry.Number));
            return OrchestrationAnswer.Accepted;
        });

    /// <summary>Removes the ended instances that fit the query, the newest first; its token does not count.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> PurgeAsync(OrchestrationQuery query, CancellationToken cancellation)
    {
        runtime.Admission.RequireDisk(givesRoomBack: true);
        await _ended.WaitAsync(cancellation);
        try
        {
            var (count, position) = (0, 0L);
            foreach (var entry in new InstanceList(runtime).Ended(query, cancellation).Take(query.Top))
                (count, position) = (count + 1, runtime.Store.Purge(entry.Number));
            await DurableWaiter.WaitAsync(runtime.Store.NotifyWhenDurable, position);
            return count;
        }
        finally
        {
            _ended.Release();
        }
    }

    /// <inheritdoc cref="InstanceDirectory.Show"/>
    public CommittedInstance? Get(string instanceId) => runtime.Instances.Show(instanceId);

    /// <summary>When the program was started while an instance was under way: it was taken up again then.</summary>
    public IReadOnlyList<DateTime> StartsDuring(CommittedInstance shown)
    {
        var rests = Rewinding.Rests(HistoryReader.ReadAll(shown.History)).ToList();
        return [.. runtime.Starts.Within(shown.Started.At, shown.End?.At).Where(start => !rests.Exists(rest => start > rest.From && start <= rest.To))];
    }

    public void Dispose() => _ended.Dispose();

    private async Task<OrchestrationAnswer> AskAsync(string instanceId, Func<Instance, DateTime, HistoryEvent?> change, CancellationToken cancellation)
    {
        runtime.Admission.RequireDisk();
        if (runtime.Instances.Find(instanceId) is { Shown: not null } instance)
            return await instance.AskAsync(change).WaitAsync(cancellation);
        return Get(instanceId) is null ? OrchestrationAnswer.NotFound : OrchestrationAnswer.Ended;
    }

    private async Task<OrchestrationAnswer> WithEndedAsync(
        string instanceId, bool givesRoomBack, Func<InstanceEntry, CommittedInstance, Task<OrchestrationAnswer>> act)
    {
        runtime.Admission.RequireDisk(givesRoomBack);
        await _ended.WaitAsync();
        try
        {
            if (Get(instanceId) is not { } shown)
                return OrchestrationAnswer.NotFound;
            if (shown.End is null || runtime.Instances.Find(instanceId) is not null)
                return OrchestrationAnswer.WrongState;
            return runtime.Store.Find(instanceId) is { } entry ? await act(entry, shown) : OrchestrationAnswer.NotFound;
        }
        finally
        {
            _ended.Release();
        }
    }
}
