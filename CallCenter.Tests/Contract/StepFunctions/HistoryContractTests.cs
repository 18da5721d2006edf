using System.Text.Json;

namespace CallCenter.Tests.Contract.StepFunctions;

/// <summary>GetExecutionHistory.</summary>
public sealed class HistoryContractTests(ContractHost host) : StepFunctionsTests(host)
{
    [AwsFact]
    public async Task History_WhileItWaitsAndAfterItsEnd_GoesOn()
    {
        var arn = await StartWaitingExecutionAsync("history");
        var waiting = await EventsAsync(new { executionArn = arn });
        (await AnswerAsync(NameOf(arn), """{"resolved":true}""")).Dispose();
        var described = await UntilStatusIsAsync(arn, "SUCCEEDED");

        var ended = await EventsAsync(new { executionArn = arn });

        Assert.Equal("TaskSubmitted", TypeOf(waiting[^1]));
        Assert.Equal(waiting.Select(each => each.GetRawText()), ended.Take(waiting.Count).Select(each => each.GetRawText()));
        Assert.Equal("ExecutionSucceeded", TypeOf(ended[^1]));
        Assert.Equal(described.GetProperty("output").GetString(), ended[^1].GetProperty("executionSucceededEventDetails").GetProperty("output").GetString());
        Assert.Equal(described.GetProperty("stopDate").GetDecimal(), ended[^1].GetProperty("timestamp").GetDecimal());
    }

    [AwsFact]
    public async Task History_InReverse_BeginsWithTheEnd()
    {
        var arn = await StartWaitingExecutionAsync("reverse");
        await CallAsync("StopExecution", new { executionArn = arn, error = "E", cause = "C" });
        await UntilStatusIsAsync(arn, "ABORTED");

        var last = Assert.Single(await EventsAsync(new { executionArn = arn, reverseOrder = true, maxResults = 1 }));

        Assert.Equal("""{"error":"E","cause":"C"}""", last.GetProperty("executionAbortedEventDetails").GetRawText());
        Assert.Equal((await EventsAsync(new { executionArn = arn })).Count, last.GetProperty("id").GetInt32());
    }

    [AwsFact]
    public async Task History_Wrong_IsRefused()
    {
        Assert.Equal("ExecutionDoesNotExist", (await RefusedAsync("GetExecutionHistory", new { executionArn = ExecutionArn(Host.NewId("none")) })).Type);
        Assert.Equal("InvalidToken", (await RefusedAsync("GetExecutionHistory", new { executionArn = await StartWaitingExecutionAsync("token"), nextToken = "nonsense" })).Type);
    }

    private async Task<List<JsonElement>> EventsAsync(object request) => [.. (await CallAsync("GetExecutionHistory", request)).GetProperty("events").EnumerateArray()];

    private static string TypeOf(JsonElement each) => each.GetProperty("type").GetString()!;
}
