using CallCenter.Durable.Seams;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using OrchestrationQuery = CallCenter.Durable.Seams.OrchestrationQuery;
using SdkQuery = Microsoft.DurableTask.Client.OrchestrationQuery;
using SdkStatus = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace CallCenter.Functions.Client;

/// <summary>What the HTTP contract may ask of a durable runtime, answered by the Durable Task SDK.</summary>
/// <param name="client">The SDK's client, as the function's binding gives it.</param>
/// <param name="clock">The clock that waiting goes by.</param>
public sealed partial class DurableOrchestrationClient(DurableTaskClient client, TimeProvider? clock = null) : IOrchestrationClient
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(500);

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
                return await client.ScheduleNewOrchestrationInstanceAsync(orchestrationName, input, (StartOrchestrationOptions?)null, cancellation);

            await client.ScheduleNewOrchestrationInstanceAsync(orchestrationName, StartToken.AddTo(input, token),
                new StartOrchestrationOptions(instanceId).WithDedupeStatuses(AnyStatus), cancellation);
        }
        catch (Exception refusal) when (IsRefusal(refusal, cancellation))
        {
            // Not even a refusal is the last word: the start may have come through, and only its answer was lost.
            return instanceId is not null && await client.GetInstanceAsync(instanceId, true, cancellation) is { } other
                ? StartToken.In(other.SerializedInput) == token ? instanceId : null
                : throw Translate(refusal);
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
            await Task.Delay(FirstPoll, _clock, cancellation);
            instance = await client.GetInstanceAsync(instanceId, true, cancellation);
        }
        return instance is null ? null : StateReader.Read(instance);
    }

    /// <inheritdoc/>
    /// <remarks>Polls by itself: the SDK's own waiting looks every two seconds on Azure Storage, where a case takes a tenth of one.</remarks>
    public async Task<OrchestrationState?> WaitForCompletionAsync(string instanceId, TimeSpan timeout, CancellationToken cancellation)
    {
        var started = _clock.GetTimestamp();
        for (var pause = FirstPoll; ; pause = Min(pause * 1.5, LongestPoll))
        {
            var state = await GetAsync(instanceId, cancellation);
            var left = timeout - _clock.GetElapsedTime(started);
            if (state is null or { HasEnded: true } || left <= TimeSpan.Zero)
                return state;
            await Task.Delay(Min(pause, left), _clock, cancellation);
        }
    }

    /// <inheritdoc/>
    /// <remarks>In the storage's order. It cannot filter by name, so a page may be short and still not be the last.</remarks>
    public async Task<OrchestrationPage> QueryAsync(OrchestrationQuery query, CancellationToken cancellation)
    {
        var token = PageToken.Unwrap(query.ContinuationToken);
        var filter = new SdkQuery(query.CreatedFrom, query.CreatedTo,
            query.Statuses.Count == 0 ? null : query.Statuses.Select(StateReader.Status),
            InstanceIdPrefix: query.InstanceIdPrefix, PageSize: query.Top, FetchInputsAndOutputs: true);
        try
        {
            await foreach (var page in client.GetAllInstancesAsync(filter).AsPages(token, query.Top).WithCancellation(cancellation))
            {
                var instances = page.Values.Where(instance => query.Name is null || instance.Name == query.Name);
                return new OrchestrationPage([.. instances.Select(StateReader.Read)], PageToken.Wrap(page.ContinuationToken));
            }
        }
        catch (RpcException) when (token is not null)
        {
            // The check sum was right, so it is a token of another storage, or of one that has changed since.
            throw new InvalidContinuationTokenException();
        }
        return new OrchestrationPage([], null);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
