using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>Every branch of the process on the real engine, through the app's functions and both adapters.</summary>
public sealed class ProcessTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static readonly ErrorDetails Escalated = new("CallCenter.Workflow.CaseEscalatedException", "Engage Tier 2 Support.");

    [Fact]
    public async Task Case_Resolved_IsClosed()
    {
        var ended = await engine.RunAsync(EngineFixture.Input("resolved a"));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.State.RuntimeStatus);
        Assert.Equal("""{"Case":"resolved a","Status":1,"Message":"Case resolved a: opened...assigned...resolved...closed."}""", ended.State.Output);
        Assert.Equal(["Open Case", "Assign Case", "Work on Case", "Close Case"], ended.Progress.Steps.Select(step => step.State));
        Assert.Null(ended.Progress.Error);
    }

    [Fact]
    public async Task Case_Unresolved_FailsWithTheTutorialsCause()
    {
        var ended = await engine.RunAsync(EngineFixture.Input("unresolved a"));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.State.RuntimeStatus);
        Assert.Equal(Escalated, ended.Progress.Error);
        Assert.Equal(new ErrorDetails(typeof(CaseEscalatedException).FullName!, Escalated.Message), ended.State.Failure);
        Assert.Equal("Fail", ended.Progress.State);
        Assert.Equal(new SupportCase("unresolved a", 0, "Case unresolved a: opened...assigned...unresolved...escalating."), ended.Progress.Case);
    }

    [Fact]
    public async Task Case_StatusThatNoChoiceTakes_Fails()
    {
        var ended = await engine.RunAsync(EngineFixture.Input("status-2 a"));

        Assert.Equal(new ErrorDetails("CallCenter.Workflow.NoChoiceMatchedException", "States.NoChoiceMatched"), ended.Progress.Error);
    }

    [Fact]
    public async Task Case_WorkFailsOnce_IsTriedAgain()
    {
        var ended = await engine.RunAsync(EngineFixture.Input("throws-until-2 a"));

        Assert.Equal(1, ended.Output.Status);
        Assert.Equal(2, engine.Worker.Calls("throws-until-2 a"));
    }

    [Fact]
    public async Task Case_WorkFailsForGood_IsEscalatedAsUnworkable()
    {
        var ended = await engine.RunAsync(EngineFixture.Input("throws a"));

        Assert.Equal(Escalated, ended.Progress.Error);
        Assert.Equal("Case throws a: opened...assigned...unworkable...escalating.", ended.Progress.Case!.Message);
        Assert.Equal(new ErrorDetails("System.IO.IOException", "the line is dead"), ended.Progress.Steps[2].Error);
        Assert.Equal(2, engine.Worker.Calls("throws a"));
    }

    [Fact]
    public async Task Case_WorkAgainUntilResolved_IsClosed()
    {
        var ended = await engine.RunAsync(EngineFixture.Input("resolved-at-3 a") with { OnEscalation = OnEscalation.WorkAgain });

        Assert.Equal("Case resolved-at-3 a: opened...assigned...unresolved...escalating.unresolved...escalating.resolved...closed.", ended.Output.Message);
        Assert.Equal(3, ended.Progress.Attempt);
    }

    [Fact]
    public async Task Case_WorkAgainUsedUp_Fails()
    {
        var ended = await engine.RunAsync(EngineFixture.Input("unresolved b") with { OnEscalation = OnEscalation.WorkAgain, MaxAttempts = 20 });

        Assert.Equal(Escalated, ended.Progress.Error);
        Assert.Equal(20, engine.Worker.Calls("unresolved b"));
        Assert.InRange(ended.State.CustomStatus!.Length, 1, 8_000);
    }
}
