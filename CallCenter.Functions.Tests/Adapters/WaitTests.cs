using CallCenter.Functions.Client;
using Microsoft.DurableTask.Client;

namespace CallCenter.Functions.Tests.Adapters;

/// <summary>Waiting for the end of an instance.</summary>
public sealed class WaitTests
{
    private readonly InstantClock _clock = new();

    private Task<Durable.Seams.OrchestrationState?> WaitAsync(SdkClient sdk, int seconds, CancellationToken cancellation = default) =>
        new DurableOrchestrationClient(sdk.Mock.Object, _clock).WaitForCompletionAsync("i", TimeSpan.FromSeconds(seconds), cancellation);

    [Fact]
    public async Task Wait_InstanceThatHasEnded_LooksOnce()
    {
        var state = await WaitAsync(new SdkClient().Holding(OrchestrationRuntimeStatus.Failed), 30);

        Assert.Equal(Durable.Seams.OrchestrationRuntimeStatus.Failed, state!.RuntimeStatus);
        Assert.Single(_clock.Delays);
    }

    [Fact]
    public async Task Wait_UnknownInstance_IsNull() => Assert.Null(await WaitAsync(new SdkClient().Holding((OrchestrationMetadata?)null), 30));

    [Fact]
    public async Task Wait_EndsMeanwhile_GivesTheEnd()
    {
        var sdk = new SdkClient().Holding(
            SdkClient.Instance(OrchestrationRuntimeStatus.Pending), SdkClient.Instance(OrchestrationRuntimeStatus.Running), SdkClient.Instance(OrchestrationRuntimeStatus.Completed));

        Assert.True((await WaitAsync(sdk, 30))!.HasEnded);
        Assert.Equal([150, 300, 600], _clock.Delays.Select(delay => delay.TotalMilliseconds));
    }

    [Fact]
    public async Task Wait_DoesNotEnd_PollsSlowerAndSlowerAndStopsOnTime()
    {
        var state = await WaitAsync(new SdkClient().Holding(OrchestrationRuntimeStatus.Running), 10);

        Assert.False(state!.HasEnded);
        Assert.Equal(TimeSpan.FromSeconds(10), _clock.Delays.Aggregate((one, other) => one + other));
        Assert.Equal((150, 2000), (_clock.Delays[0].TotalMilliseconds, _clock.Delays.Max().TotalMilliseconds));
    }

    [Fact]
    public async Task Wait_Cancelled_EndsTheWaiting()
    {
        using var cancelled = new CancellationTokenSource();
        var sdk = new SdkClient().Holding(() =>
        {
            cancelled.Cancel();
            return SdkClient.Instance(OrchestrationRuntimeStatus.Running);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WaitAsync(sdk, 30, cancelled.Token));
    }
}
