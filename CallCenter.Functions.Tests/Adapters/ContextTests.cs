using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Functions.Orchestration;
using CallCenter.Workflows.CallCenter;
using Microsoft.DurableTask;
using Moq;
using RetryPolicy = CallCenter.Durable.Seams.RetryPolicy;

namespace CallCenter.Functions.Tests.Adapters;

/// <summary>The orchestrator's side of the adapter over a strict mock: exactly the overloads that the engine has work behind.</summary>
public sealed class ContextTests
{
    private readonly Mock<TaskOrchestrationContext> _sdk = new(MockBehavior.Strict);

    private DurableOrchestrationContext Context => new(_sdk.Object);

    private void SetupActivity(Func<TaskOptions?, SupportCase> run) =>
        _sdk.Setup(sdk => sdk.CallActivityAsync<SupportCase>(It.Is<TaskName>(name => name.Name == "OpenCase"), "input", It.IsAny<TaskOptions>()))
            .Returns((TaskName _, object? _, TaskOptions? options) => Task.FromResult(run(options)));

    /// <summary>The SDK's wait with a timeout is not virtual: it makes a timer and waits with a token that the timer's end cancels.</summary>
    private void SetupEvent(Func<CancellationToken, Task<JsonElement?>> wait, bool timesOut = false)
    {
        _sdk.Setup(sdk => sdk.CreateTimer(TimeSpan.FromSeconds(9), It.IsAny<CancellationToken>()))
            .Returns((TimeSpan _, CancellationToken cancellation) => timesOut ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellation));
        _sdk.Setup(sdk => sdk.WaitForExternalEvent<JsonElement?>("E", It.IsAny<CancellationToken>())).Returns((string _, CancellationToken token) => wait(token));
    }

    private Task<CaseWorked> WaitAsync() => Context.WaitForExternalEventAsync<CaseWorked>("E", TimeSpan.FromSeconds(9));

    [Fact]
    public void InstanceIdAndClock_AreTheSdks()
    {
        var now = new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc);
        _sdk.SetupGet(sdk => sdk.InstanceId).Returns("i");
        _sdk.SetupGet(sdk => sdk.CurrentUtcDateTime).Returns(now);

        Assert.Equal(("i", now), (Context.InstanceId, Context.CurrentUtcDateTime));
    }

    [Fact]
    public async Task CallActivity_WithAPolicy_PassesItOn()
    {
        TaskOptions? seen = null;
        SetupActivity(options =>
        {
            seen = options;
            return SupportCase.Open("1");
        });

        await Context.CallActivityAsync<SupportCase>("OpenCase", "input", new RetryPolicy(3, TimeSpan.FromSeconds(2), 1.5));

        var policy = seen!.Retry!.Policy!;
        Assert.Equal((3, TimeSpan.FromSeconds(2), 1.5, TimeSpan.FromHours(1)), (policy.MaxNumberOfAttempts, policy.FirstRetryInterval, policy.BackoffCoefficient, policy.MaxRetryInterval));
    }

    [Fact]
    public async Task CallActivity_SingleAttempt_HasNoPolicyAndSoNoTimer()
    {
        TaskOptions? seen = new();
        SetupActivity(options =>
        {
            seen = options;
            return SupportCase.Open("1");
        });

        Assert.Equal(SupportCase.Open("1"), await Context.CallActivityAsync<SupportCase>("OpenCase", "input", new RetryPolicy(1, TimeSpan.FromSeconds(2), 1)));
        Assert.Null(seen);
    }

    [Fact]
    public async Task CallActivity_Fails_GivesTypeAndMessageAsData()
    {
        SetupActivity(_ => throw new TaskFailedException("OpenCase", 0, new TaskFailureDetails("System.IO.IOException", "dead", null, null, null)));

        var failure = await Assert.ThrowsAsync<ActivityFailedException>(() => Context.CallActivityAsync<SupportCase>("OpenCase", "input"));

        Assert.Equal(("OpenCase", new ErrorDetails("System.IO.IOException", "dead")), (failure.ActivityName, failure.Error));
    }

    [Fact]
    public async Task CreateTimer_IsTheSdksTimer()
    {
        _sdk.Setup(sdk => sdk.CreateTimer(TimeSpan.FromSeconds(9), CancellationToken.None)).Returns(Task.CompletedTask);

        await Context.CreateTimerAsync(TimeSpan.FromSeconds(9));

        _sdk.VerifyAll();
    }

    [Fact]
    public async Task WaitForExternalEvent_Comes_IsReadAndEndsTheTimer()
    {
        var timer = CancellationToken.None;
        _sdk.Setup(sdk => sdk.WaitForExternalEvent<JsonElement?>("E", It.IsAny<CancellationToken>())).ReturnsAsync(Json("""{"resolved":true,"attempt":2}"""));
        _sdk.Setup(sdk => sdk.CreateTimer(TimeSpan.FromSeconds(9), It.IsAny<CancellationToken>()))
            .Returns((TimeSpan _, CancellationToken cancellation) => Task.Delay(Timeout.Infinite, timer = cancellation));

        Assert.Equal(new CaseWorked { Resolved = true, Attempt = 2 }, await WaitAsync());
        Assert.True(timer.IsCancellationRequested);
    }

    [Fact]
    public async Task WaitForExternalEvent_DeadlinePasses_IsATimeout()
    {
        SetupEvent(token => new TaskCompletionSource<JsonElement?>().Task.WaitAsync(token), timesOut: true);

        await Assert.ThrowsAsync<TimeoutException>(WaitAsync);
    }

    [Theory]
    [InlineData("\"x\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"resolved\":\"maybe\"}")]
    [InlineData("{\"Resolved\":true}")]
    public async Task WaitForExternalEvent_WrongShape_IsAFormatException(string payload)
    {
        SetupEvent(_ => Task.FromResult<JsonElement?>(Json(payload)));

        await Assert.ThrowsAsync<FormatException>(WaitAsync);
    }

    [Fact]
    public async Task WaitForExternalEvent_NoPayloadAtAll_IsAFormatException()
    {
        SetupEvent(_ => Task.FromResult<JsonElement?>(null));

        await Assert.ThrowsAsync<FormatException>(WaitAsync);
    }

    [Fact]
    public void SetCustomStatus_ChangedAfterwards_IsWhatItWas()
    {
        object? seen = null;
        _sdk.Setup(sdk => sdk.SetCustomStatus(It.IsAny<object>())).Callback((object? status) => seen = status);
        var steps = new List<string> { "one" };

        Context.SetCustomStatus(steps);
        steps.Add("two");

        Assert.Equal("""["one"]""", JsonSerializer.Serialize(seen));
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
