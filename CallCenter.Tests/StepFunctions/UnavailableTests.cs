using System.Text.Json;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.StepFunctions;

/// <summary>What callers are told when the runtime does not do what they ask for.</summary>
public sealed class UnavailableTests
{
    private const string Arn = "arn:aws:states:r:1:execution:CallCenterStateMachine:a";

    private readonly AwsHarness _aws = new();

    [Fact]
    public async Task AnyOperation_RuntimeTakesNoWork_IsToldWhenToTryAgain()
    {
        _aws.Client.Throws = new OrchestrationUnavailableException("Too much to do.", TimeSpan.FromSeconds(2.5));

        var response = await _aws.SendAsync("DescribeExecution", new { executionArn = Arn });

        Assert.Equal((503, "3", "ServiceUnavailable"), (response.Status, response.Header("Retry-After"), response.Header("x-amzn-ErrorType")));
        Assert.Equal("Too much to do.", JsonElement.Parse(response.Body.Span).GetProperty("message").GetString());
        Assert.Empty(_aws.Errors);
    }

    [Fact]
    public async Task AnyOperation_UnexpectedError_IsLoggedAndNotShown()
    {
        _aws.Client.Throws = new InvalidOperationException("secret");

        var response = await _aws.SendAsync("DescribeExecution", new { executionArn = Arn });

        Assert.Equal((500, "InternalFailure"), (response.Status, response.Header("x-amzn-ErrorType")));
        Assert.DoesNotContain("secret", System.Text.Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
        Assert.Single(_aws.Errors);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, "RUNNING")]
    [InlineData(OrchestrationRuntimeStatus.Running, "RUNNING")]
    [InlineData(OrchestrationRuntimeStatus.Suspended, "RUNNING")]
    [InlineData(OrchestrationRuntimeStatus.Completed, "SUCCEEDED")]
    [InlineData(OrchestrationRuntimeStatus.Failed, "FAILED")]
    [InlineData(OrchestrationRuntimeStatus.Terminated, "ABORTED")]
    public async Task Describe_EveryStatus_HasAnother(OrchestrationRuntimeStatus status, string expected)
    {
        _aws.Client.Add("a", state => state with { RuntimeStatus = status });

        Assert.Equal(expected, (await _aws.CallAsync("DescribeExecution", new { executionArn = Arn })).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Describe_FailedWithoutWordsOfItsOwn_HasTheRuntimes()
    {
        _aws.Client.Add("a", state => state with { RuntimeStatus = OrchestrationRuntimeStatus.Failed, Failure = new("Some.Error", "why"), LayFailed = TimeSpan.FromSeconds(1) });

        var execution = await _aws.CallAsync("DescribeExecution", new { executionArn = Arn });

        Assert.Equal(("Some.Error", "why"), (execution.GetProperty("error").GetString(), execution.GetProperty("cause").GetString()));
        Assert.False(execution.TryGetProperty("redriveCount", out _));
    }
}
