using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract.StepFunctions;

/// <summary>SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat.</summary>
public sealed class TaskTokenTests(ContractHost host) : StepFunctionsTests(host)
{
    private static readonly (string, string) TimedOut = ("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");

    [AwsTheory]
    [InlineData("""{"resolved":true,"agent":"Ada","note":"done"}""", "SUCCEEDED")]
    [InlineData("""{"resolved":false}""", "FAILED")]
    [InlineData("""{"Case":"001","Status":1,"Message":"Case 001: opened...assigned...resolved..."}""", "SUCCEEDED")]
    [InlineData("""{"Case":"001","Status":0,"Message":"Case 001: opened...assigned...unresolved..."}""", "FAILED")]
    public async Task Success_WhatTheWorkerSends_DecidesTheCase(string output, string status)
    {
        var arn = await StartWaitingExecutionAsync("success");

        Assert.Empty(MembersOf(await CallAsync("SendTaskSuccess", new { taskToken = await TokenAsync(arn), output })));

        await UntilStatusIsAsync(arn, status);
    }

    [AwsFact]
    public async Task Success_AgentAndNote_AreShown()
    {
        var arn = await StartWaitingExecutionAsync("shown");

        await CallAsync("SendTaskSuccess", new { taskToken = await TokenAsync(arn), output = """{"Status":1,"agent":"Ada","note":"done"}""" });

        var step = (await UntilStatusAsync(NameOf(arn), "Completed")).GetProperty("progress").GetProperty("steps")[2];
        Assert.Equal(("Ada", "done"), (step.GetProperty("agent").GetString(), step.GetProperty("note").GetString()));
    }

    [AwsFact]
    public async Task Failure_OfTheWorker_IsAnAnswerWithItsCause()
    {
        var arn = await StartWaitingExecutionAsync("failure");

        Assert.Empty(MembersOf(await CallAsync("SendTaskFailure", new { taskToken = await TokenAsync(arn), error = "Desk", cause = new string('c', 500) })));

        await UntilStatusIsAsync(arn, "FAILED");
        var step = (await GetAsync(NameOf(arn))).GetProperty("progress").GetProperty("steps")[2];
        Assert.StartsWith("Desk: ccc", step.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [AwsFact]
    public async Task Heartbeat_WhileItWaits_IsTaken()
    {
        var arn = await StartWaitingExecutionAsync("heartbeat");
        var taskToken = await TokenAsync(arn);

        Assert.Empty(MembersOf(await CallAsync("SendTaskHeartbeat", new { taskToken })));
        await CallAsync("StopExecution", new { executionArn = arn });
        await UntilStatusIsAsync(arn, "ABORTED");
        Assert.Equal(TimedOut, await RefusedAsync("SendTaskHeartbeat", new { taskToken }));
    }

    [AwsFact]
    public async Task Answer_SecondOrOfAnEarlierAttempt_HasTimedOut()
    {
        var arn = await StartWaitingExecutionAsync("again", """{"inputCaseID":"001","workMode":"agent","onEscalation":"workAgain"}""");
        var first = await TokenAsync(arn);
        await CallAsync("SendTaskFailure", new { taskToken = first });
        await UntilWaitingAsync(NameOf(arn), attempt: 2);

        Assert.Equal(TimedOut, await RefusedAsync("SendTaskSuccess", new { taskToken = first, output = """{"resolved":true}""" }));

        var second = await TokenAsync(arn);
        Assert.NotEqual(first, second);
        await CallAsync("SendTaskSuccess", new { taskToken = second, output = """{"resolved":true}""" });
        await UntilStatusIsAsync(arn, "SUCCEEDED");
        Assert.Equal(TimedOut, await RefusedAsync("SendTaskSuccess", new { taskToken = second, output = """{"resolved":true}""" }));
    }

    [AwsFact]
    public async Task Answer_OfARunBeforeThisOne_HasTimedOut()
    {
        var arn = await StartWaitingExecutionAsync("rerun");
        var taskToken = await TokenAsync(arn);
        await CallAsync("StopExecution", new { executionArn = arn });
        await UntilStatusIsAsync(arn, "ABORTED");
        using (var deleted = await Host.Api.DeleteAsync(Case(NameOf(arn))))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(TimedOut, await RefusedAsync("SendTaskHeartbeat", new { taskToken }));
        await CallAsync("StartExecution", new { stateMachineArn = Cases, name = NameOf(arn), input = Agent });
        await UntilWaitingAsync(NameOf(arn), attempt: 1);

        Assert.Equal(TimedOut, await RefusedAsync("SendTaskSuccess", new { taskToken, output = """{"resolved":true}""" }));
    }

    [AwsTheory]
    [InlineData("nonsense", "not JSON")]
    [InlineData("{}", "'resolved' is missing")]
    [InlineData("""{"resolved":"yes"}""", "'resolved'")]
    public async Task Success_OutputThatIsNoAnswer_IsInvalidAndAnswersNothing(string output, string said)
    {
        var arn = await StartWaitingExecutionAsync("invalid");

        var (type, message) = await RefusedAsync("SendTaskSuccess", new { taskToken = await TokenAsync(arn), output });

        Assert.Equal("InvalidOutput", type);
        Assert.Contains(said, message, StringComparison.Ordinal);
        await UntilWaitingAsync(NameOf(arn), attempt: 1);
    }

    [AwsTheory]
    [InlineData("SendTaskSuccess")]
    [InlineData("SendTaskFailure")]
    [InlineData("SendTaskHeartbeat")]
    public async Task Token_ThatIsNone_IsInvalid(string operation) =>
        Assert.Equal(("InvalidToken", "Invalid Token: 'Invalid token'"), await RefusedAsync(operation, new { taskToken = "nonsense", output = "{}" }));

    [AwsFact]
    public async Task Token_OfTheHistory_IsThatOfTheCase()
    {
        var arn = await StartWaitingExecutionAsync("same");
        var events = (await CallAsync("GetExecutionHistory", new { executionArn = arn })).GetProperty("events").EnumerateArray();
        var parameters = events.Single(each => each.GetProperty("type").GetString() == "TaskScheduled").GetProperty("taskScheduledEventDetails").GetProperty("parameters").GetString()!;

        Assert.Equal(await TokenAsync(arn), JsonElement.Parse(parameters).GetProperty("Payload").GetProperty("token").GetString());
    }

    private async Task<string> TokenAsync(string arn) => (await GetAsync(NameOf(arn))).GetProperty("taskToken").GetString()!;
}
