using CallCenter.Durable.Seams;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using Moq;
using SdkStatus = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace CallCenter.Functions.Tests.Adapters;

/// <summary>The calls about one instance answer from its state, whatever the SDK throws.</summary>
public sealed class CommandTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory]
    [InlineData(null, OrchestrationAnswer.NotFound)]
    [InlineData(SdkStatus.Pending, OrchestrationAnswer.Accepted)]
    [InlineData(SdkStatus.Running, OrchestrationAnswer.Accepted)]
    [InlineData(SdkStatus.Suspended, OrchestrationAnswer.Accepted)]
    [InlineData(SdkStatus.Completed, OrchestrationAnswer.Ended)]
    [InlineData(SdkStatus.Failed, OrchestrationAnswer.Ended)]
    [InlineData(SdkStatus.Terminated, OrchestrationAnswer.Ended)]
    public async Task CallsToALivingInstance_ByState_Answer(SdkStatus? status, OrchestrationAnswer expected)
    {
        var sdk = new SdkClient().Holding(status);
        if (expected == OrchestrationAnswer.Accepted)
        {
            sdk.Mock.Setup(client => client.RaiseEventAsync("i", "E", It.IsAny<object>(), Never)).Returns(Task.CompletedTask);
            sdk.Mock.Setup(client => client.TerminateInstanceAsync("i", It.Is<TerminateInstanceOptions>(options => "why".Equals(options.Output)), Never)).Returns(Task.CompletedTask);
            sdk.Mock.Setup(client => client.SuspendInstanceAsync("i", "why", Never)).Returns(Task.CompletedTask);
            sdk.Mock.Setup(client => client.ResumeInstanceAsync("i", "why", Never)).Returns(Task.CompletedTask);
        }

        Assert.Equal(expected, await sdk.Adapter.RaiseEventAsync("i", "E", new object(), Never));
        Assert.Equal(expected, await sdk.Adapter.TerminateAsync("i", "why", Never));
        Assert.Equal(expected, await sdk.Adapter.SuspendAsync("i", "why", Never));
        Assert.Equal(expected, await sdk.Adapter.ResumeAsync("i", "why", Never));
        sdk.Mock.VerifyAll();
    }

    [Theory]
    [InlineData(null, OrchestrationAnswer.NotFound)]
    [InlineData(SdkStatus.Running, OrchestrationAnswer.WrongState)]
    [InlineData(SdkStatus.Completed, OrchestrationAnswer.Accepted)]
    public async Task Purge_ByState_Answers(SdkStatus? status, OrchestrationAnswer expected)
    {
        var sdk = new SdkClient().Holding(status);
        if (expected == OrchestrationAnswer.Accepted)
            sdk.Mock.Setup(client => client.PurgeInstanceAsync("i", (PurgeInstanceOptions?)null, Never)).ReturnsAsync(new PurgeResult(1));

        Assert.Equal(expected, await sdk.Adapter.PurgeAsync("i", Never));
        sdk.Mock.VerifyAll();
    }

    [Theory]
    [InlineData(null, true, OrchestrationAnswer.NotFound)]
    [InlineData(SdkStatus.Running, true, OrchestrationAnswer.Accepted)]
    [InlineData(SdkStatus.Running, false, OrchestrationAnswer.WrongState)]
    [InlineData(SdkStatus.Failed, false, OrchestrationAnswer.Accepted)]
    public async Task Restart_ByState_Answers(SdkStatus? status, bool withNewId, OrchestrationAnswer expected)
    {
        var sdk = new SdkClient().Holding(status);
        if (expected == OrchestrationAnswer.Accepted)
            sdk.Mock.Setup(client => client.RestartAsync("i", withNewId, Never)).ReturnsAsync("new");

        Assert.Equal((expected, expected == OrchestrationAnswer.Accepted ? "new" : null), await sdk.Adapter.RestartAsync("i", withNewId, Never));
        sdk.Mock.VerifyAll();
    }

    [Theory]
    [InlineData(null, OrchestrationAnswer.NotFound)]
    [InlineData(SdkStatus.Completed, OrchestrationAnswer.WrongState)]
    [InlineData(SdkStatus.Failed, OrchestrationAnswer.Accepted)]
    public async Task Rewind_ByState_Answers(SdkStatus? status, OrchestrationAnswer expected)
    {
        var sdk = new SdkClient().Holding(status);
        if (expected == OrchestrationAnswer.Accepted)
            sdk.Mock.Setup(client => client.RewindInstanceAsync("i", "", Never)).Returns(Task.CompletedTask);

        Assert.Equal(expected, await sdk.Adapter.RewindAsync("i", null, Never));
        sdk.Mock.VerifyAll();
    }

    public static TheoryData<Exception> Refusals =>
        [new RpcException(new Status(StatusCode.Unknown, "Exception was thrown by handler.")), new ArgumentException("?"), new InvalidOperationException("?")];

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task Call_RefusedBecauseTheInstanceEndedMeanwhile_AnswersFromTheNewState(Exception refusal)
    {
        var sdk = new SdkClient().Holding(SdkClient.Instance(SdkStatus.Running), SdkClient.Instance(SdkStatus.Completed));
        sdk.Mock.Setup(client => client.SuspendInstanceAsync("i", null, Never)).ThrowsAsync(refusal);

        Assert.Equal(OrchestrationAnswer.Ended, await sdk.Adapter.SuspendAsync("i", null, Never));
    }

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task Call_RefusedWithoutAReasonInTheState_Throws(Exception refusal)
    {
        var sdk = new SdkClient().Holding(SdkStatus.Running);
        sdk.Mock.Setup(client => client.SuspendInstanceAsync("i", null, Never)).ThrowsAsync(refusal);

        Assert.Same(refusal, await Record.ExceptionAsync(() => sdk.Adapter.SuspendAsync("i", null, Never)));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.DeadlineExceeded)]
    public async Task Call_HostUnavailable_AsksToTryAgain(StatusCode code)
    {
        var sdk = new SdkClient().Holding(SdkStatus.Running);
        sdk.Mock.Setup(client => client.RaiseEventAsync("i", "E", null, Never)).ThrowsAsync(new RpcException(new Status(code, "later")));

        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => sdk.Adapter.RaiseEventAsync("i", "E", null, Never));
    }
}
