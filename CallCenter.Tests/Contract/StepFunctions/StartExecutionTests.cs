namespace CallCenter.Tests.Contract.StepFunctions;

/// <summary>StartExecution.</summary>
public sealed class StartExecutionTests(ContractHost host) : StepFunctionsTests(host)
{
    [AwsTheory]
    [InlineData(Cases, "CallCenterStateMachine")]
    [InlineData(Tickets, "SupportStateMachine")]
    public async Task Start_Named_RunsUnderThatNameToItsEnd(string stateMachineArn, string machine)
    {
        var name = Host.NewId("named");

        var started = await CallAsync("StartExecution", new { stateMachineArn, name, input = """{"inputCaseID":"001"}""" });

        Assert.Equal(["executionArn", "startDate"], MembersOf(started));
        Assert.Equal($"{Scope}:execution:{machine}:{name}", started.GetProperty("executionArn").GetString());
        var ended = await UntilAsync(() => DescribeAsync(started.GetProperty("executionArn").GetString()!), execution => execution.GetProperty("status").GetString() != "RUNNING");
        Assert.Equal(started.GetProperty("startDate").GetDecimal(), ended.GetProperty("startDate").GetDecimal());
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - started.GetProperty("startDate").GetDecimal(), -60, 3600);
    }

    [AwsFact]
    public async Task Start_OtherPartitionRegionAndAccount_AreGivenBack()
    {
        var name = Host.NewId("elsewhere");

        var started = await CallAsync("StartExecution", new { stateMachineArn = "arn:aws-cn:states:cn-north-1:999988887777:stateMachine:CallCenterStateMachine", name, input = Agent });

        Assert.Equal($"arn:aws-cn:states:cn-north-1:999988887777:execution:CallCenterStateMachine:{name}", started.GetProperty("executionArn").GetString());
        Assert.Equal("RUNNING", (await DescribeAsync(ExecutionArn(name))).GetProperty("status").GetString());
    }

    [AwsFact]
    public async Task Start_AgainWhileItRuns_IsTheSameStart()
    {
        var request = new { stateMachineArn = Cases, name = Host.NewId("again"), input = Agent };
        var first = await CallAsync("StartExecution", request);

        var second = await CallAsync("StartExecution", request);

        Assert.Equal(first.GetRawText(), second.GetRawText());
        var (type, message) = await RefusedAsync("StartExecution", request with { input = """{"inputCaseID":"002","workMode":"agent"}""" });
        Assert.Equal(("ExecutionAlreadyExists", $"Execution Already Exists: '{ExecutionArn(request.name)}'"), (type, message));
    }

    [AwsFact]
    public async Task Start_NameOfOneThatHasEnded_ExistsAlready()
    {
        var arn = await StartWaitingExecutionAsync("ended");
        await CallAsync("StopExecution", new { executionArn = arn });
        await UntilStatusIsAsync(arn, "ABORTED");

        Assert.Equal("ExecutionAlreadyExists", (await RefusedAsync("StartExecution", new { stateMachineArn = Cases, name = NameOf(arn), input = Agent })).Type);
    }

    [AwsFact]
    public async Task Start_NameOfAnotherWorkflowsInstance_ExistsAlready()
    {
        var arn = await StartWaitingExecutionAsync("taken");

        Assert.Equal("ExecutionAlreadyExists", (await RefusedAsync("StartExecution", new { stateMachineArn = Tickets, name = NameOf(arn), input = """{"inputCaseID":"001"}""" })).Type);
    }

    [AwsFact]
    public async Task Start_WithoutNameTriedAgainByTheSdk_IsOneExecution()
    {
        var invocation = $"{Guid.NewGuid()}";
        var request = new { stateMachineArn = Cases, input = """{"inputCaseID":"001"}""" };

        var first = await CallAsync("StartExecution", request, ("amz-sdk-invocation-id", invocation), ("amz-sdk-request", "attempt=1; max=3"));
        await UntilAsync(() => DescribeAsync(ExecutionArn(invocation)), execution => execution.GetProperty("status").GetString() != "RUNNING");
        var second = await CallAsync("StartExecution", request, ("amz-sdk-invocation-id", invocation), ("amz-sdk-request", "attempt=2; max=3"));

        Assert.Equal(ExecutionArn(invocation), first.GetProperty("executionArn").GetString());
        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    [AwsFact]
    public async Task Start_WithoutNameAndInvocation_HasANameOfItsOwn()
    {
        var request = new { stateMachineArn = Cases, input = """{"inputCaseID":"001"}""" };

        var first = (await CallAsync("StartExecution", request)).GetProperty("executionArn").GetString()!;
        var second = (await CallAsync("StartExecution", request, ("amz-sdk-invocation-id", "../none"))).GetProperty("executionArn").GetString()!;

        Assert.NotEqual(first, second);
        Assert.True(Guid.TryParseExact(NameOf(first), "D", out _));
        Assert.True(Guid.TryParseExact(NameOf(second), "D", out _));
    }

    [AwsTheory]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a\u0007b")]
    [InlineData("a\u00A0b")]
    [InlineData("a<b>")]
    [InlineData("figures")]
    [InlineData("..")]
    [InlineData("@a")]
    [InlineData("a+b")]
    public async Task Start_NameThatCannotBe_IsInvalid(string name) =>
        Assert.Equal(("InvalidName", $"Invalid Name: '{name}'"), await RefusedAsync("StartExecution", new { stateMachineArn = Cases, name, input = Agent }));

    [AwsTheory]
    [InlineData(0, "have length greater than or equal to 1")]
    [InlineData(81, "have length less than or equal to 80")]
    public async Task Start_NameOfNoRightLength_BreaksTheRule(int length, string rule)
    {
        var (type, message) = await RefusedAsync("StartExecution", new { stateMachineArn = Cases, name = new string('n', length), input = Agent });

        Assert.Equal("ValidationException", type);
        Assert.EndsWith($"at 'name' failed to satisfy constraint: Member must {rule}", message, StringComparison.Ordinal);
    }

    [AwsTheory]
    [InlineData(null, "'inputCaseID' is missing")]
    [InlineData("", "Invalid execution input.")]
    [InlineData("nonsense", "not JSON")]
    [InlineData("[]", "The input is an array")]
    [InlineData("""{"Comment":"Insert your JSON here"}""", "'Comment'")]
    [InlineData("""{"inputCaseID":"001","correlationId":"7"}""", "'correlationId'")]
    [InlineData("""{"inputCaseID":"001","retry":{"maxAttempts":0}}""", "retry.maxAttempts")]
    public async Task Start_InputThatCannotBe_IsInvalidAndStartsNothing(string? input, string said)
    {
        var name = Host.NewId("refused");

        var (type, message) = await RefusedAsync("StartExecution", new { stateMachineArn = Cases, name, input });

        Assert.Equal("InvalidExecutionInput", type);
        Assert.StartsWith("Invalid State Machine Execution Input: '", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        await IsNotThereAsync(name);
    }

    [AwsFact]
    public async Task Start_InputTooLong_IsInvalid()
    {
        var input = $$"""{"inputCaseID":"001","note":"{{new string('n', 100_000)}}"}""";

        var refused = await RefusedAsync(SendAsync("StartExecution", System.Text.Json.JsonSerializer.Serialize(new { stateMachineArn = Cases, input })));

        Assert.Equal("InvalidExecutionInput", refused.Type);
    }
}
