using System.Text.Json;

namespace CallCenter.Tests.Contract.StepFunctions;

/// <summary>DescribeExecution, StopExecution and RedriveExecution.</summary>
public sealed class ExecutionTests(ContractHost host) : StepFunctionsTests(host)
{
    [AwsFact]
    public async Task Describe_Running_SaysWhatIsKnown()
    {
        var arn = await StartWaitingExecutionAsync("running");

        var execution = await DescribeAsync(arn);

        Assert.Equal(
            ["executionArn", "stateMachineArn", "name", "status", "startDate", "redriveCount", "input", "inputDetails", "redriveStatus", "redriveStatusReason"],
            MembersOf(execution));
        Assert.Equal((arn, Cases, NameOf(arn), "RUNNING"), (Text(execution, "executionArn"), Text(execution, "stateMachineArn"), Text(execution, "name"), Text(execution, "status")));
        Assert.Equal("agent", JsonElement.Parse(Text(execution, "input")!).GetProperty("workMode").GetString());
        Assert.True(execution.GetProperty("inputDetails").GetProperty("included").GetBoolean());
        Assert.Equal(("NOT_REDRIVABLE", "Execution is RUNNING and cannot be redriven"), (Text(execution, "redriveStatus"), Text(execution, "redriveStatusReason")));
    }

    [AwsFact]
    public async Task Describe_Succeeded_HasItsOutput()
    {
        var arn = await StartWaitingExecutionAsync("succeeded");
        (await AnswerAsync(NameOf(arn), """{"resolved":true}""")).Dispose();

        var execution = await UntilStatusIsAsync(arn, "SUCCEEDED");

        Assert.Equal(
            """{"Case":"001","Status":1,"Message":"Case 001: opened...assigned...resolved...closed."}""",
            JsonSerializer.Serialize(JsonElement.Parse(Text(execution, "output")!)));
        Assert.True(execution.GetProperty("outputDetails").GetProperty("included").GetBoolean());
        Assert.True(execution.GetProperty("stopDate").GetDecimal() >= execution.GetProperty("startDate").GetDecimal());
        Assert.DoesNotContain("error", MembersOf(execution));
        Assert.DoesNotContain("cause", MembersOf(execution));
        Assert.Equal("Execution is SUCCEEDED and cannot be redriven", Text(execution, "redriveStatusReason"));
    }

    [AwsFact]
    public async Task Describe_Escalated_FailedWithTheTutorialsCause()
    {
        var arn = await StartWaitingExecutionAsync("escalated");
        (await AnswerAsync(NameOf(arn), """{"resolved":false}""")).Dispose();

        var execution = await UntilStatusIsAsync(arn, "FAILED");

        Assert.Equal(("CallCenter.Workflow.CaseEscalatedException", "Engage Tier 2 Support."), (Text(execution, "error"), Text(execution, "cause")));
        Assert.DoesNotContain("output", MembersOf(execution));
        Assert.Equal("REDRIVABLE", Text(execution, "redriveStatus"));
        Assert.DoesNotContain("redriveStatusReason", MembersOf(execution));
    }

    [AwsFact]
    public async Task Describe_MetadataOnly_HasNeitherInputNorOutput()
    {
        var arn = await StartWaitingExecutionAsync("metadata");

        var execution = await CallAsync("DescribeExecution", new { executionArn = arn, includedData = "METADATA_ONLY" });

        Assert.DoesNotContain("input", MembersOf(execution));
        Assert.Contains("[ALL_DATA, METADATA_ONLY]", (await RefusedAsync("DescribeExecution", new { executionArn = arn, includedData = "SOME" })).Message, StringComparison.Ordinal);
    }

    [AwsFact]
    public async Task Describe_ExecutionOfAnotherMachine_DoesNotExist()
    {
        var arn = await StartWaitingExecutionAsync("other");

        Assert.Equal("ExecutionDoesNotExist", (await RefusedAsync("DescribeExecution", new { executionArn = arn.Replace("CallCenterStateMachine", "SupportStateMachine", StringComparison.Ordinal) })).Type);
    }

    [AwsTheory]
    [InlineData("TooSlow", "nobody was there")]
    [InlineData(null, "no longer \"needed\" ü")]
    [InlineData("TooSlow", null)]
    [InlineData(null, "two\nlines")]
    [InlineData(null, """{"error":"looks like","cause":"both"}""")]
    [InlineData(null, null)]
    public async Task Stop_Running_AbortsItWithErrorAndCause(string? error, string? cause)
    {
        var arn = await StartWaitingExecutionAsync("stop");

        Assert.Equal(["stopDate"], MembersOf(await CallAsync("StopExecution", new { executionArn = arn, error, cause })));

        var execution = await UntilStatusIsAsync(arn, "ABORTED");
        Assert.Equal((error, cause), (Text(execution, "error"), Text(execution, "cause")));
        Assert.DoesNotContain("output", MembersOf(execution));
        Assert.Equal("NOT_REDRIVABLE", Text(execution, "redriveStatus"));
    }

    [AwsFact]
    public async Task Stop_Ended_ChangesNothing()
    {
        var arn = await StartWaitingExecutionAsync("stop-ended");
        (await AnswerAsync(NameOf(arn), """{"resolved":true}""")).Dispose();
        var ended = await UntilStatusIsAsync(arn, "SUCCEEDED");

        var stopped = await CallAsync("StopExecution", new { executionArn = arn, cause = "too late" });

        Assert.Equal(ended.GetProperty("stopDate").GetDecimal(), stopped.GetProperty("stopDate").GetDecimal());
        Assert.Equal(ended.GetRawText(), (await DescribeAsync(arn)).GetRawText());
    }

    [AwsFact]
    public async Task Stop_ReasonThatCannotBe_IsRefused()
    {
        var arn = await StartWaitingExecutionAsync("stop-reason");

        Assert.Equal("ValidationException", (await RefusedAsync("StopExecution", new { executionArn = arn, error = new string('e', 257) })).Type);
        Assert.Contains("1024", (await RefusedAsync("StopExecution", new { executionArn = arn, cause = new string('c', 2000) })).Message, StringComparison.Ordinal);
        Assert.Equal("RUNNING", Text(await DescribeAsync(arn), "status"));
    }

    [AwsFact]
    public async Task Redrive_NotFailed_IsNotRedrivable()
    {
        var arn = await StartWaitingExecutionAsync("redrive");

        Assert.Equal(("ExecutionNotRedrivable", "Execution is RUNNING and cannot be redriven"), await RefusedAsync("RedriveExecution", new { executionArn = arn }));
        await CallAsync("StopExecution", new { executionArn = arn });
        await UntilStatusIsAsync(arn, "ABORTED");
        Assert.Equal(("ExecutionNotRedrivable", "Execution is ABORTED and cannot be redriven"), await RefusedAsync("RedriveExecution", new { executionArn = arn }));
    }

    [AwsFact]
    public async Task Redrive_Escalated_FailsThereAgain()
    {
        var arn = await StartWaitingExecutionAsync("redrive-failed");
        (await AnswerAsync(NameOf(arn), """{"resolved":false}""")).Dispose();
        await UntilStatusIsAsync(arn, "FAILED");

        var redriven = await CallAsync("RedriveExecution", new { executionArn = arn, clientToken = "once" });

        Assert.Equal(["redriveDate"], MembersOf(redriven));
        Assert.Equal("Engage Tier 2 Support.", Text(await UntilStatusIsAsync(arn, "FAILED"), "cause"));
    }

    private static string? Text(JsonElement body, string member) => body.TryGetProperty(member, out var value) ? value.GetString() : null;
}
