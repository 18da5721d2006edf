using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Workflows.CallCenter;

public sealed class CallCenterWorkflowTests
{
    private static readonly CaseInput Case001 = new() { InputCaseId = "001" };

    public static TheoryData<string> HostileCaseIds => ["001", "\"quoted\" & 'single'", "😀👩‍👩‍👧", "<img src=x onerror=alert(1)>", new('x', 256), "$.Status", "null", "2026-01-01", "  inner  blanks "];

    [Theory]
    [MemberData(nameof(HostileCaseIds))]
    public async Task Run_Resolved_EndsWithTheTutorialsPayload(string caseId)
    {
        var output = await TestWorkflows.CallCenter().RunAsync(new ScriptedContext(1), new CaseInput { InputCaseId = caseId });

        Assert.Equal(new SupportCase(caseId, 1, $"Case {caseId}: opened...assigned...resolved...closed."), output);
    }

    [Theory]
    [MemberData(nameof(HostileCaseIds))]
    public async Task Run_Unresolved_FailsWithTheTutorialsCause(string caseId)
    {
        var context = new ScriptedContext(0);

        var error = await Assert.ThrowsAsync<CaseEscalatedException>(() => context.RunAsync(new CaseInput { InputCaseId = caseId }));

        Assert.Equal("Engage Tier 2 Support.", error.Message);
        Assert.Equal("CallCenter.Workflow.CaseEscalatedException", ErrorDetails.From(error).Type);
        Assert.Equal(new SupportCase(caseId, 0, $"Case {caseId}: opened...assigned...unresolved...escalating."), context.Progress.Case);
        Assert.Equal("Fail", context.Progress.State);
        Assert.Equal(new ErrorDetails("CallCenter.Workflow.CaseEscalatedException", "Engage Tier 2 Support."), context.Progress.Error);
    }

    [Fact]
    public async Task Run_Resolved_OutputJsonIsTheTutorials()
    {
        var output = await TestWorkflows.CallCenter().RunAsync(new ScriptedContext(1), Case001);

        Assert.Equal("""{"Case":"001","Status":1,"Message":"Case 001: opened...assigned...resolved...closed."}""", JsonSerializer.Serialize(output));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public async Task Run_StatusThatNoChoiceTakes_FailsAsStepFunctionsDoes(int status)
    {
        var context = new ScriptedContext(status);

        var error = await Assert.ThrowsAsync<NoChoiceMatchedException>(() => context.RunAsync(Case001));

        Assert.Equal("States.NoChoiceMatched", error.Message);
        Assert.Equal("Fail", context.Progress.State);
        Assert.Equal(status, context.Progress.Case!.Status);
    }

    [Fact]
    public async Task Run_WorkOnCaseFailsForGood_IsCaughtAndEscalates()
    {
        var context = new ScriptedContext { Failing = { ["WorkOnCase"] = new("System.IO.IOException", "the line is dead") } };

        await Assert.ThrowsAsync<CaseEscalatedException>(() => context.RunAsync(Case001));

        Assert.Equal("Case 001: opened...assigned...unworkable...escalating.", context.Progress.Case!.Message);
        Assert.Equal(0, context.Progress.Case.Status);
        Assert.Equal("the line is dead", context.Progress.Steps.Single(step => step.State == "Work on Case").Error!.Message);
        Assert.DoesNotContain("Is Case Resolved", context.Path);
    }

    [Theory]
    [InlineData("OpenCase", 1)]
    [InlineData("AssignCase", 1)]
    [InlineData("CloseCase", 1)]
    [InlineData("EscalateCase", 0)]
    public async Task Run_AnotherActivityFails_FailsTheCaseWithItsError(string activity, int outcome)
    {
        var context = new ScriptedContext(outcome) { Failing = { [activity] = new("System.InvalidOperationException", "cannot " + new string('x', 400)) } };

        var error = await Assert.ThrowsAsync<ActivityFailedException>(() => context.RunAsync(Case001));

        Assert.StartsWith($"{activity}: System.InvalidOperationException: cannot xxx", error.Message, StringComparison.Ordinal);
        Assert.Equal("CallCenter.Workflow.ActivityFailedException", context.Progress.Error!.Type);
        Assert.Equal(300, context.Progress.Error.Message.Length);
        var last = context.Progress.Steps[^1];
        Assert.Equal(activity, last.State.Replace(" ", "", StringComparison.Ordinal));
        Assert.NotNull(last.EndedAt);
        Assert.Null(last.Added);
    }

    [Fact]
    public async Task Run_WorkAgain_GoesBackUntilResolved()
    {
        var context = new ScriptedContext(0, 0, 1);

        var output = await context.RunAsync(Case001 with { OnEscalation = OnEscalation.WorkAgain });

        Assert.Equal("Case 001: opened...assigned...unresolved...escalating.unresolved...escalating.resolved...closed.", output.Message);
        Assert.Equal(3, context.Progress.Attempt);
        Assert.Equal([1, 2, 3], context.Progress.Steps.Where(step => step.State == "Work on Case").Select(step => step.Attempt));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public async Task Run_WorkAgainUsedUp_FailsAfterThatManyAttempts(int attempts)
    {
        var context = new ScriptedContext([.. Enumerable.Repeat(0, attempts)]);

        await Assert.ThrowsAsync<CaseEscalatedException>(() =>
            context.RunAsync(Case001 with { OnEscalation = OnEscalation.WorkAgain, MaxAttempts = attempts }));

        Assert.Equal(attempts, context.Calls.Count(call => call.Name == "WorkOnCase"));
        Assert.Equal(attempts, context.Calls.Count(call => call.Name == "EscalateCase"));
    }

    [Fact]
    public async Task Run_Always_GivesEveryActivityTheCasesRetryPolicy()
    {
        var context = new ScriptedContext(1);

        await context.RunAsync(Case001 with { Retry = new RetryOptions { MaxAttempts = 7, FirstDelaySeconds = 0.5, Backoff = 3 } });

        Assert.All(context.Calls, call => Assert.Equal(new RetryPolicy(7, TimeSpan.FromSeconds(0.5), 3), call.Retry));
        Assert.Equal(["OpenCase", "AssignCase", "WorkOnCase", "CloseCase"], context.Calls.Select(call => call.Name));
    }

    [Fact]
    public async Task Run_EachStep_PublishesItOpenAndThenEnded()
    {
        var context = new ScriptedContext(1);

        await context.RunAsync(Case001);

        var first = JsonSerializer.Deserialize<CaseProgress>(context.Published[0])!;
        Assert.Equal(("Open Case", null, null), (first.State, first.Steps[^1].EndedAt, first.Steps[^1].Added));
        Assert.Equal(["Case 001: opened...", "assigned...", "resolved...", "closed."], context.Progress.Steps.Select(step => step.Added));
        Assert.Equal([null, null, 1, null], context.Progress.Steps.Select(step => step.Status));
        Assert.All(context.Progress.Steps, step => Assert.Equal(TimeSpan.FromSeconds(1), step.EndedAt - step.StartedAt));
    }
}
