using CallCenter.Durable.Seams;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using OrchestrationQuery = CallCenter.Durable.Seams.OrchestrationQuery;
using OrchestrationRuntimeStatus = CallCenter.Durable.Seams.OrchestrationRuntimeStatus;
using SdkQuery = Microsoft.DurableTask.Client.OrchestrationQuery;
using SdkStatus = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace CallCenter.Functions.Client;

/// <summary>What the HTTP contract may ask of a durable runtime, answered by the Durable Task SDK.</summary>
/// <remarks>A command is answered from the instance's state, because the SDK's exceptions tell too little; see <see cref="SdkRefusal"/>.</remarks>
/// <param name="client">The SDK's client, as the function's binding gives it.</param>
/// <param name="clock">The clock that waiting goes by.</param>
public sealed class DurableOrchestrationClient(DurableTaskClient client, TimeProvider? clock = null) : IOrchestrationClient
{
    private static readonly TimeSpan SecondLook = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(2);

    /// <summary>How many instances one page of a search looks at.</summary>
    private const int MostLooked = 500;

    /// <summary>Every status: without them the host overwrites an instance that has ended.</summary>
    private static readonly SdkStatus[] AnyStatus =
        [SdkStatus.Pending, SdkStatus.Running, SdkStatus.Suspended, SdkStatus.Completed, SdkStatus.Failed, SdkStatus.Terminated];

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <inheritdoc/>
    public async Task<string?> ScheduleAsync(string orchestrationName, object input, string? instanceId, CancellationToken cancellation)
    {
        var token = StartToken.Create();
        try
        {
            if (instanceId is null)
            {
                var newest = new StartOrchestrationOptions(InstanceId.Create(_clock.GetUtcNow().UtcDateTime));
                return await client.ScheduleNewOrchestrationInstanceAsync(orchestrationName, input, newest, cancellation);
            }

            await client.ScheduleNewOrchestrationInstanceAsync(orchestrationName, StartToken.AddTo(input, token),
                new StartOrchestrationOptions(instanceId).WithDedupeStatuses(AnyStatus), cancellation);
        }
        catch (Exception refusal) when (SdkRefusal.Is(refusal, cancellation))
        {
            // Not even a refusal is the last word: the start may have come through, and only its answer was lost.
            return instanceId is not null && await client.GetInstanceAsync(instanceId, true, cancellation) is { } other
                ? StartToken.In(other.SerializedInput) == token ? instanceId : null
                : throw SdkRefusal.Translate(refusal);
        }

        // Nor is an acceptance: of simultaneous starts with one id Azure Storage accepts all, and runs one.
        var stored = await client.GetInstanceAsync(instanceId, true, cancellation);
        return stored is null || (StartToken.In(stored.SerializedInput) ?? token) == token ? instanceId : null;
    }

    /// <inheritdoc/>
    /// <remarks>Looks a second time when the first look fails: while an instance is being replaced, the engine may have no answer for a moment.</remarks>
    public async Task<OrchestrationState?> GetAsync(string instanceId, CancellationToken cancellation)
    {
        OrchestrationMetadata? instance;
        try
        {
            instance = await client.GetInstanceAsync(instanceId, true, cancellation);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unknown && !cancellation.IsCancellationRequested)
        {
            await Task.Delay(SecondLook, _clock, cancellation);
            instance = await client.GetInstanceAsync(instanceId, true, cancellation);
        }
        return instance is null ? null : StateReader.Read(instance);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Polls by itself: the SDK's own waiting looks every two seconds on Azure Storage, where a case takes an eighth of one when it is alone. Each look costs the
    /// host and the storage a query, so the first comes when such a case has mostly ended, and the pauses double.
    /// </remarks>
    public async Task<OrchestrationState?> WaitForCompletionAsync(string instanceId, TimeSpan timeout, CancellationToken cancellation)
    {
        var started = _clock.GetTimestamp();
        for (var pause = FirstPoll; ; pause = Min(pause * 2, LongestPoll))
        {
            await Task.Delay(Min(pause, timeout - _clock.GetElapsedTime(started)), _clock, cancellation);
            var state = await GetAsync(instanceId, cancellation);
            if (state is null or { HasEnded: true } || _clock.GetElapsedTime(started) >= timeout)
                return state;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// In the storage's order, whatever order is asked for. The storage can neither filter by name nor search, so a page may be short and still not
    /// be the last: while nothing else is found, some pages of the storage are read for one of ours.
    /// </remarks>
    public async Task<OrchestrationPage> QueryAsync(OrchestrationQuery query, CancellationToken cancellation)
    {
        var token = PageToken.Unwrap(query.ContinuationToken);
        // Half a page at a time, where much may be left out: then a page is filled at least by half.
        var size = query.Fits is null ? query.Top : (query.Top + 1) / 2;
        var filter = new SdkQuery(query.CreatedFrom, query.CreatedTo, Statuses(query),
            InstanceIdPrefix: query.InstanceIdPrefix, PageSize: size, FetchInputsAndOutputs: true);
        var found = new List<OrchestrationState>();
        var looked = 0;
        try
        {
            await foreach (var page in client.GetAllInstancesAsync(filter).AsPages(token, size).WithCancellation(cancellation))
            {
                found.AddRange(page.Values
                    .Where(instance => query.Name is null || instance.Name == query.Name)
                    .Select(StateReader.Read)
                    .Where(state => query.Fits?.Invoke(state) != false));
                looked += size;
                if (query.Fits is null || found.Count + size > query.Top || looked >= MostLooked || page.ContinuationToken is null or "")
                    return new OrchestrationPage(found, PageToken.Wrap(page.ContinuationToken));
            }
        }
        catch (RpcException) when (token is not null)
        {
            // The check sum was right, so it is a token of another storage, or of one that has changed since.
            throw new InvalidContinuationTokenException();
        }
        return new OrchestrationPage(found, null);
    }

    /// <summary>What has ended waits for nothing, so it need not be read.</summary>
    private static IEnumerable<SdkStatus>? Statuses(OrchestrationQuery query)
    {
        if (query.Statuses.Count > 0)
            return query.Statuses.Select(StateReader.Status);
        return query.Waiting ? [SdkStatus.Pending, SdkStatus.Running, SdkStatus.Suspended] : null;
    }

    /// <inheritdoc/>
    public Task<OrchestrationAnswer> RaiseEventAsync(string instanceId, string eventName, object? payload, CancellationToken cancellation) =>
        CallAsync(instanceId, IfAlive, () => client.RaiseEventAsync(instanceId, eventName, payload, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<OrchestrationAnswer> TerminateAsync(string instanceId, string? reason, CancellationToken cancellation) =>
        CallAsync(instanceId, IfAlive,
            () => client.TerminateInstanceAsync(instanceId, new TerminateInstanceOptions { Output = reason }, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<OrchestrationAnswer> SuspendAsync(string instanceId, string? reason, CancellationToken cancellation) =>
        CallAsync(instanceId, IfAlive, () => client.SuspendInstanceAsync(instanceId, reason, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<OrchestrationAnswer> ResumeAsync(string instanceId, string? reason, CancellationToken cancellation) =>
        CallAsync(instanceId, IfAlive, () => client.ResumeInstanceAsync(instanceId, reason, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<OrchestrationAnswer> RewindAsync(string instanceId, string? reason, CancellationToken cancellation) =>
        CallAsync(instanceId, IfFailed, () => client.RewindInstanceAsync(instanceId, reason ?? "", cancellation), cancellation);

    /// <inheritdoc/>
    public async Task<(OrchestrationAnswer Answer, string? InstanceId)> RestartAsync(string instanceId, bool withNewInstanceId, CancellationToken cancellation)
    {
        string? started = null;
        var answer = await CallAsync(instanceId, withNewInstanceId ? IfThere : IfEnded,
            async () => started = await client.RestartAsync(instanceId, withNewInstanceId, cancellation), cancellation);
        return (answer, started);
    }

    /// <inheritdoc/>
    /// <remarks>Looks before it purges: older hosts purge a running instance too.</remarks>
    public Task<OrchestrationAnswer> PurgeAsync(string instanceId, CancellationToken cancellation) =>
        CallAsync(instanceId, IfEnded, () => client.PurgeInstanceAsync(instanceId, (PurgeInstanceOptions?)null, cancellation), cancellation);

    private static OrchestrationAnswer IfThere(OrchestrationState state) => OrchestrationAnswer.Accepted;

    private static OrchestrationAnswer IfAlive(OrchestrationState state) => state.HasEnded ? OrchestrationAnswer.Ended : OrchestrationAnswer.Accepted;

    private static OrchestrationAnswer IfEnded(OrchestrationState state) => state.HasEnded ? OrchestrationAnswer.Accepted : OrchestrationAnswer.WrongState;

    private static OrchestrationAnswer IfFailed(OrchestrationState state) =>
        state.RuntimeStatus == OrchestrationRuntimeStatus.Failed ? OrchestrationAnswer.Accepted : OrchestrationAnswer.WrongState;

    private async Task<OrchestrationAnswer> CallAsync(
        string instanceId, Func<OrchestrationState, OrchestrationAnswer> judge, Func<Task> call, CancellationToken cancellation)
    {
        var answer = await JudgeAsync(instanceId, judge, cancellation);
        if (answer != OrchestrationAnswer.Accepted)
            return answer;
        try
        {
            await call();
            return answer;
        }
        catch (Exception refusal) when (SdkRefusal.Is(refusal, cancellation))
        {
            // Between the look and the call the instance may have ended or gone.
            answer = await JudgeAsync(instanceId, judge, cancellation);
            return answer != OrchestrationAnswer.Accepted ? answer : throw SdkRefusal.Translate(refusal);
        }
    }

    private async Task<OrchestrationAnswer> JudgeAsync(
        string instanceId, Func<OrchestrationState, OrchestrationAnswer> judge, CancellationToken cancellation) =>
        await GetAsync(instanceId, cancellation) is { } state ? judge(state) : OrchestrationAnswer.NotFound;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
