using CallCenter.Durable.Seams;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask.Client;

namespace CallCenter.Functions.Client;

/// <summary>The calls about one instance. Their answers come from its state, because the SDK's exceptions differ by call, by backend and by version.</summary>
public sealed partial class DurableOrchestrationClient
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Task<OrchestrationAnswer> RaiseEventAsync(string instanceId, string eventName, object? payload, CancellationToken cancellation) =>
        CallAsync(instanceId, IfAlive, () => client.RaiseEventAsync(instanceId, eventName, payload, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<OrchestrationAnswer> TerminateAsync(string instanceId, string? reason, CancellationToken cancellation) =>
        CallAsync(instanceId, IfAlive, () => client.TerminateInstanceAsync(instanceId, new TerminateInstanceOptions { Output = reason }, cancellation), cancellation);

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
        state.RuntimeStatus == Durable.Seams.OrchestrationRuntimeStatus.Failed ? OrchestrationAnswer.Accepted : OrchestrationAnswer.WrongState;

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
        catch (Exception refusal) when (IsRefusal(refusal, cancellation))
        {
            // Between the look and the call the instance may have ended or gone.
            answer = await JudgeAsync(instanceId, judge, cancellation);
            return answer != OrchestrationAnswer.Accepted ? answer : throw Translate(refusal);
        }
    }

    private async Task<OrchestrationAnswer> JudgeAsync(string instanceId, Func<OrchestrationState, OrchestrationAnswer> judge, CancellationToken cancellation) =>
        await GetAsync(instanceId, cancellation) is { } state ? judge(state) : OrchestrationAnswer.NotFound;

    private static bool IsRefusal(Exception error, CancellationToken cancellation) => !cancellation.IsCancellationRequested
        && error is RpcException or OrchestrationAlreadyExistsException or ArgumentException or InvalidOperationException;

    /// <summary>A host that cannot answer now is asked again later; anything else is a fault and stays what it is.</summary>
    private static Exception Translate(Exception error) =>
        error is RpcException { StatusCode: StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.DeadlineExceeded } rpc
            ? new OrchestrationUnavailableException($"The durable runtime takes no work now ({rpc.Status.Detail}). Try again.", RetryAfter)
            : error;
}
