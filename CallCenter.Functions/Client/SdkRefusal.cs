using CallCenter.Durable.Seams;
using DurableTask.Core.Exceptions;
using Grpc.Core;

namespace CallCenter.Functions.Client;

/// <summary>What the SDK throws when the host does not do what it was asked for. It differs by call, by backend and by version.</summary>
internal static class SdkRefusal
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>True when the host may have refused the call: the instance's state tells why.</summary>
    public static bool Is(Exception error, CancellationToken cancellation) => !cancellation.IsCancellationRequested
        && error is RpcException or OrchestrationAlreadyExistsException or ArgumentException or InvalidOperationException;

    /// <summary>A host that cannot answer now is asked again later; anything else is a fault and stays what it is.</summary>
    public static Exception Translate(Exception error) =>
        error is RpcException { StatusCode: StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.DeadlineExceeded } rpc
            ? new OrchestrationUnavailableException($"The durable runtime is not accepting work now ({rpc.Status.Detail}). Try again.", RetryAfter)
            : error;
}
