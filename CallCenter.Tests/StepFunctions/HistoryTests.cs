using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Tests.Workflows.CallCenter;
using CallCenter.Tests.Workflows.SupportTicket;
using CallCenter.Workflows.CallCenter;
using CallCenter.Workflows.SupportTicket;

namespace CallCenter.Tests.StepFunctions;

/// <summary>GetExecutionHistory of every way through both workflows, told from what real runs publish.</summary>
public sealed class HistoryTests
{
    private const string Function = "LambdaFunctionScheduled LambdaFunctionStarted ";
    private const string Done = Function + "LambdaFunctionSucceeded ";

    private static readonly CaseInput Case001 = new() { InputCaseId = "001" };
    private static readonly CaseInput Agent = Case001 with { WorkMode = WorkMode.Agent };

    private readonly AwsHarness _aws = new();

    [Fact]
    public async Task History_Resolved_IsTheTutorials()
    {
        var events = await HistoryAsync(new ScriptedContext(1), Case001);

        Assert.Equal($"ExecutionStarted {Task("Open Case")}{Task("Assign Case")}{Task("Work on Case")}{Choice}{Task("Close Case")}ExecutionSucceeded", Names(events));
        Assert.Equal(24, events.Count);
    }

    [Fact]
    public async Task History_Escalated_EndsInFail()
    {
        var events = await HistoryAsync(new ScriptedContext(0), Case001);

        Assert.Equal(
            $"ExecutionStarted {Task("Open Case")}{Task("Assign Case")}{Task("Work on Case")}{Choice}{Task("Escalate Case")}FailStateEntered(Fail) ExecutionFailed", Names(events));
        var failed = events[^1].GetProperty("executionFailedEventDetails");
        Assert.Equal(("CallCenter.Workflow.CaseEscalatedException", "Engage Tier 2 Support."), (failed.GetProperty("error").GetString(), failed.GetProperty("cause").GetString()));
        Assert.Equal(25, events.Count);
    }

    [Fact]
    public async Task History_WorkedOnAgain_EntersTheStateAgain()
    {
        var events = await HistoryAsync(new ScriptedContext(0, 1), Case001 with { OnEscalation = OnEscalation.WorkAgain });

        Assert.Equal(
            $"ExecutionStarted {Task("Open Case")}{Task("Assign Case")}{Task("Work on Case")}{Choice}{Task("Escalate Case")}{Task("Work on Case")}{Choice}{Task("Close Case")}ExecutionSucceeded",
            Names(events));
    }

    [Fact]
    public async Task History_FailureThatIsCaught_HasNoChoice()
    {
        var events = await HistoryAsync(new ScriptedContext { Failing = { ["WorkOnCase"] = new("Some.Error", "why") } }, Case001);

        Assert.Equal(
            $"ExecutionStarted {Task("Open Case")}{Task("Assign Case")}TaskStateEntered(Work on Case) {Function}LambdaFunctionFailed TaskStateExited(Work on Case) "
            + $"{Task("Escalate Case")}FailStateEntered(Fail) ExecutionFailed",
            Names(events));
        var failed = events.Single(each => Type(each) == "LambdaFunctionFailed").GetProperty("lambdaFunctionFailedEventDetails");
        Assert.Equal(("Some.Error", "why"), (failed.GetProperty("error").GetString(), failed.GetProperty("cause").GetString()));
    }

    [Fact]
    public async Task History_FailureThatIsNotCaught_EndsThere()
    {
        var events = await HistoryAsync(new ScriptedContext { Failing = { ["AssignCase"] = new("Some.Error", "why") } }, Case001);

        Assert.Equal($"ExecutionStarted {Task("Open Case")}TaskStateEntered(Assign Case) {Function}LambdaFunctionFailed ExecutionFailed", Names(events));
        Assert.Equal("AssignCase: Some.Error: why", events[^1].GetProperty("executionFailedEventDetails").GetProperty("cause").GetString());
    }

    [Fact]
    public async Task History_NoChoiceMatched_DoesNotLeaveTheChoice()
    {
        var events = await HistoryAsync(new ScriptedContext(2), Case001);

        Assert.EndsWith("ChoiceStateEntered(Is Case Resolved) ExecutionFailed", Names(events), StringComparison.Ordinal);
        Assert.Equal("States.NoChoiceMatched", events[^1].GetProperty("executionFailedEventDetails").GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("""{"resolved":true}""")]
    [InlineData("""{"resolved":true,"agent":"Ada","answerId":"a"}""")]
    public async Task History_Answered_IsATaskWithAToken(string answer)
    {
        var context = new ScriptedContext();
        context.Events.Enqueue((2, answer));

        var events = await HistoryAsync(context, Agent);

        Assert.Equal(
            $"ExecutionStarted {Task("Open Case")}{Task("Assign Case")}TaskStateEntered(Work on Case) TaskScheduled TaskStarted TaskSubmitted TaskSucceeded TaskStateExited(Work on Case) "
            + $"{Choice}{Task("Close Case")}ExecutionSucceeded",
            Names(events));
        var scheduled = events.Single(each => Type(each) == "TaskScheduled").GetProperty("taskScheduledEventDetails");
        Assert.Equal(("lambda", "invoke.waitForTaskToken", "eu-central-1"),
            (scheduled.GetProperty("resourceType").GetString(), scheduled.GetProperty("resource").GetString(), scheduled.GetProperty("region").GetString()));
        var payload = JsonElement.Parse(scheduled.GetProperty("parameters").GetString()!).GetProperty("Payload");
        Assert.Equal("Case 001: opened...assigned...", payload.GetProperty("input").GetProperty("Message").GetString());
        Assert.NotEmpty(payload.GetProperty("token").GetString()!);
    }

    [Fact]
    public async Task History_NotAnsweredInTime_TimesOutAndGoesOn()
    {
        var events = await HistoryAsync(new ScriptedContext(), Agent);

        Assert.Contains("TaskSubmitted TaskTimedOut TaskStateExited(Work on Case) ChoiceStateEntered", Names(events), StringComparison.Ordinal);
        Assert.Equal("States.Timeout", events.Single(each => Type(each) == "TaskTimedOut").GetProperty("taskTimedOutEventDetails").GetProperty("error").GetString());
    }

    [Fact]
    public async Task History_WhileItRuns_IsTheBeginningOfTheWhole()
    {
        foreach (var (context, input) in new[] { (new ScriptedContext(0, 1), Case001 with { OnEscalation = OnEscalation.WorkAgain }), (Answered(), Agent) })
        {
            var whole = await HistoryAsync(context, input);
            foreach (var (published, index) in context.Published.Select((json, index) => (json, index)))
            {
                Hold(OrchestrationRuntimeStatus.Running, JsonSerializer.Serialize(input, CaseJson.Default.CaseInput), published, null);
                var part = await ReadAsync();
                Assert.Equal(whole.Take(part.Count).Select(each => each.GetRawText()), part.Select(each => each.GetRawText()));
                Assert.True(part.Count > index / 2, $"{index}: {Names(part)}");
            }
        }

        static ScriptedContext Answered()
        {
            var context = new ScriptedContext();
            context.Events.Enqueue((2, """{"resolved":true}"""));
            return context;
        }
    }

    [Fact]
    public async Task History_Stopped_IsAborted()
    {
        var context = new ScriptedContext(1);
        await context.RunAsync(Case001);
        Hold(OrchestrationRuntimeStatus.Terminated, JsonSerializer.Serialize(Case001, CaseJson.Default.CaseInput), context.Published[0], """"why"""");

        var events = await ReadAsync();

        Assert.Equal($"ExecutionStarted TaskStateEntered(Open Case) {Function}ExecutionAborted", Names(events));
        Assert.Equal(("""{"cause":"why"}""", 0), (events[^1].GetProperty("executionAbortedEventDetails").GetRawText(), events[^1].GetProperty("previousEventId").GetInt32()));
    }

    [Fact]
    public async Task History_NotBegun_IsItsStart()
    {
        Hold(OrchestrationRuntimeStatus.Pending, """{"inputCaseID":"001"}""", null, null);

        Assert.Equal("ExecutionStarted", Names(await ReadAsync()));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"steps":[1,{"state":"Elsewhere"},{"state":"Open Case","startedAt":"yesterday"}]}""")]
    public async Task History_StatusOfSomebodyElse_IsBorne(string status)
    {
        Hold(OrchestrationRuntimeStatus.Failed, "[]", status, null);

        Assert.StartsWith("ExecutionStarted", Names(await ReadAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_Events_AreNumberedAndSayWhatWentInAndOut()
    {
        var events = await HistoryAsync(new ScriptedContext(1), Case001);

        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(each => each.GetProperty("id").GetInt32()));
        Assert.Equal([0, 0, .. Enumerable.Range(2, events.Count - 2)], events.Select(each => each.GetProperty("previousEventId").GetInt32()));
        Assert.True(events.Zip(events.Skip(1)).All(pair => pair.First.GetProperty("timestamp").GetDecimal() <= pair.Second.GetProperty("timestamp").GetDecimal()));
        Assert.Equal("arn:aws:iam::1:role/CallCenter", events[0].GetProperty("executionStartedEventDetails").GetProperty("roleArn").GetString());
        var scheduled = events[2].GetProperty("lambdaFunctionScheduledEventDetails");
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:OpenCase", scheduled.GetProperty("resource").GetString());
        Assert.Equal("001", JsonElement.Parse(scheduled.GetProperty("input").GetString()!).GetProperty("inputCaseID").GetString());
        Assert.Equal("""{"truncated":false}""", scheduled.GetProperty("inputDetails").GetRawText());
        Assert.Equal("""{"Case":"001","Message":"Case 001: opened..."}""", events[4].GetProperty("lambdaFunctionSucceededEventDetails").GetProperty("output").GetString());
        Assert.Equal(events[4].GetProperty("lambdaFunctionSucceededEventDetails").GetProperty("output").GetString(), events[5].GetProperty("stateExitedEventDetails").GetProperty("output").GetString());
        Assert.Equal("""{"Case":"001","Status":1,"Message":"Case 001: opened...assigned...resolved...closed."}""",
            events[^1].GetProperty("executionSucceededEventDetails").GetProperty("output").GetString());
    }

    [Fact]
    public async Task History_WithoutData_HasNeitherInputsNorOutputs()
    {
        await HistoryAsync(new ScriptedContext(), Agent);

        var events = await ReadAsync(new { executionArn = Arn(), includeExecutionData = false });

        Assert.DoesNotContain(events, each => each.GetRawText().Contains("put\"", StringComparison.Ordinal) || each.GetRawText().Contains("parameters", StringComparison.Ordinal));
        Assert.Contains("ChoiceStateExited(Is Case Resolved)", Names(events), StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_PageByPageInBothOrders_IsTheSame()
    {
        var whole = await HistoryAsync(new ScriptedContext(1), Case001);

        foreach (var reverseOrder in new[] { false, true })
        {
            var (all, token) = (new List<JsonElement>(), (string?)null);
            do
            {
                var page = await _aws.CallAsync("GetExecutionHistory", new { executionArn = Arn(), maxResults = 7, reverseOrder, nextToken = token });
                all.AddRange(page.GetProperty("events").EnumerateArray());
                token = page.TryGetProperty("nextToken", out var next) ? next.GetString() : null;
                if (token is not null)
                    Assert.Equal(400, (await _aws.SendAsync("GetExecutionHistory", new { executionArn = Arn(), reverseOrder = !reverseOrder, nextToken = token })).Status);
            }
            while (token is not null);
            var expected = reverseOrder ? whole.AsEnumerable().Reverse() : whole;
            Assert.Equal(expected.Select(each => each.GetRawText()), all.Select(each => each.GetRawText()));
        }
    }

    [Theory]
    [InlineData(false, "ExecutionSucceeded")]
    [InlineData(true, "ExecutionFailed")]
    public async Task History_Ticket_IsTheGuides(bool isMailDown, string end)
    {
        var context = new TicketContext { IsMailDown = isMailDown };
        string? output = null;
        try
        {
            output = JsonSerializer.Serialize(await context.RunAsync(new TicketInput { InputCaseId = "001" }));
        }
        catch (ActivityFailedException)
        {
            // The status says so too.
        }
        Hold(output is null ? OrchestrationRuntimeStatus.Failed : OrchestrationRuntimeStatus.Completed, """{"inputCaseID":"001"}""", context.Status.GetRawText(), output, "SupportTicketOrchestrator");

        var events = await ReadAsync(new { executionArn = Arn("SupportStateMachine") });

        var mail = isMailDown ? $"TaskStateEntered(Send Email) {Function}LambdaFunctionFailed " : Task("Send Email");
        Assert.Equal($"ExecutionStarted {Task("Open Case")}{Task("Assign Case")}{mail}{end}", Names(events));
    }

    private const string Choice = "ChoiceStateEntered(Is Case Resolved) ChoiceStateExited(Is Case Resolved) ";

    private static string Task(string state) => $"TaskStateEntered({state}) {Done}TaskStateExited({state}) ";

    private static string Arn(string machine = "CallCenterStateMachine") => $"arn:aws:states:eu-central-1:1:execution:{machine}:a";

    private static string Type(JsonElement each) => each.GetProperty("type").GetString()!;

    private static string Names(IEnumerable<JsonElement> events) => string.Join(' ', events.Select(each =>
        Type(each) + (each.EnumerateObject().FirstOrDefault(member => member.Name.StartsWith("state", StringComparison.Ordinal)).Value is { ValueKind: JsonValueKind.Object } details
            ? $"({details.GetProperty("name").GetString()})"
            : "")));

    private async Task<List<JsonElement>> HistoryAsync(ScriptedContext context, CaseInput input)
    {
        string? output = null;
        try
        {
            output = JsonSerializer.Serialize(await context.RunAsync(input), CaseJson.Default.SupportCase);
        }
        catch (Exception)
        {
            // The status says so too.
        }
        Hold(output is null ? OrchestrationRuntimeStatus.Failed : OrchestrationRuntimeStatus.Completed, JsonSerializer.Serialize(input, CaseJson.Default.CaseInput), context.Published[^1], output);
        return await ReadAsync();
    }

    private void Hold(OrchestrationRuntimeStatus status, string input, string? customStatus, string? output, string name = "CallCenterOrchestrator") =>
        _aws.Client.Add("a", state => state with
        {
            Name = name,
            RuntimeStatus = status,
            Input = input,
            CustomStatus = customStatus,
            Output = output,
            CreatedAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            LastUpdatedAt = new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        });

    private async Task<List<JsonElement>> ReadAsync(object? request = null) =>
        [.. (await _aws.CallAsync("GetExecutionHistory", request ?? new { executionArn = Arn() })).GetProperty("events").EnumerateArray()];
}
