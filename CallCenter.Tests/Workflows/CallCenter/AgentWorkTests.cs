using System.Text.Json;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Workflows.CallCenter;

public sealed class AgentWorkTests
{
    private static readonly CaseInput AgentCase = new() { InputCaseId = "001", WorkMode = WorkMode.Agent, AgentDeadlineSeconds = 60 };

    [Theory]
    [InlineData("""{"resolved":true,"attempt":1,"agent":"Kim","note":"reset the router"}""", true)]
    [InlineData("""{"resolved":false,"attempt":1}""", false)]
    [InlineData("""{"resolved":true}""", true)]
    public async Task Run_AgentAnswers_GoesOnWithTheAnswer(string answer, bool resolved)
    {
        var context = new ScriptedContext { Events = { } };
        context.Events.Enqueue((5, answer));

        await EndAsync(context, AgentCase);

        Assert.Equal(resolved ? "Case 001: opened...assigned...resolved...closed." : "Case 001: opened...assigned...unresolved...escalating.", context.Progress.Case!.Message);
        Assert.DoesNotContain(context.Calls, call => call.Name == "WorkOnCase");
    }

    [Fact]
    public async Task Run_Waiting_SaysForWhatAndUntilWhen()
    {
        var context = new ScriptedContext();

        await EndAsync(context, AgentCase);

        var waiting = context.Published.Select(json => JsonSerializer.Deserialize<CaseProgress>(json)!).Single(progress => progress.WaitingFor is not null);
        Assert.Equal(("Work on Case", "CaseWorked"), (waiting.State, waiting.WaitingFor));
        Assert.Equal(waiting.Steps[^1].StartedAt.AddSeconds(60), waiting.Deadline);
        Assert.Equal(DateTimeKind.Utc, waiting.Deadline!.Value.Kind);
    }

    [Fact]
    public async Task Run_NobodyAnswers_CountsAsUnresolvedAtTheDeadline()
    {
        var context = new ScriptedContext();

        await EndAsync(context, AgentCase);

        Assert.Equal("Case 001: opened...assigned...unresolved...escalating.", context.Progress.Case!.Message);
        Assert.Equal(TimeSpan.FromSeconds(60), Assert.Single(context.Waits));
    }

    [Fact]
    public async Task Run_NobodyAnswers_TheStepThatWaitedSaysSo()
    {
        var context = new ScriptedContext();
        context.Events.Enqueue((61, "too late"));
        context.Events.Enqueue((1, """{"resolved":false,"attempt":2}"""));

        await EndAsync(context, AgentCase with { OnEscalation = OnEscalation.WorkAgain, MaxAttempts = 2 });

        var steps = JsonDocument.Parse(context.Published[^1]).RootElement.GetProperty("steps").EnumerateArray();
        Assert.Equal(
            [("Work on Case", 1)],
            steps.Where(step => step.TryGetProperty("timedOut", out var timedOut) && timedOut.GetBoolean())
                .Select(step => (step.GetProperty("state").GetString()!, step.GetProperty("attempt").GetInt32())));
    }

    [Theory]
    [InlineData("""{"resolved":"maybe"}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("""{"resolved":true,"attempt":2}""")]
    [InlineData("""{"resolved":true,"attempt":0}""")]
    public async Task Run_NoAnswerToThisAttempt_IsIgnoredAndTheDeadlineStays(string notAnAnswer)
    {
        var context = new ScriptedContext();
        context.Events.Enqueue((20, notAnAnswer));
        context.Events.Enqueue((10, notAnAnswer));
        context.Events.Enqueue((29, """{"resolved":true,"attempt":1}"""));

        await EndAsync(context, AgentCase);

        Assert.Equal(1, context.Progress.Case!.Status);
        Assert.Equal([60, 40, 30], context.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Run_SecondClickOnTheFirstAttempt_DoesNotAnswerTheSecond()
    {
        var context = new ScriptedContext();
        context.Events.Enqueue((1, """{"resolved":false,"attempt":1}"""));
        context.Events.Enqueue((0, """{"resolved":true,"attempt":1}"""));
        context.Events.Enqueue((61, "too late"));
        context.Events.Enqueue((1, """{"resolved":false,"attempt":2}"""));

        await EndAsync(context, AgentCase with { OnEscalation = OnEscalation.WorkAgain, MaxAttempts = 2 });

        Assert.Equal("Case 001: opened...assigned...unresolved...escalating.unresolved...escalating.", context.Progress.Case!.Message);
    }

    [Fact]
    public async Task Run_AnswerWithLongTexts_KeepsThemCut()
    {
        var context = new ScriptedContext();
        context.Events.Enqueue((1, JsonSerializer.Serialize(new CaseWorked { Resolved = true, Agent = new string('a', 63) + "😀😀", Note = new string('n', 500) })));

        await EndAsync(context, AgentCase);

        var step = context.Progress.Steps.Single(step => step.State == "Work on Case");
        Assert.Equal(new string('a', 63), step.Agent);
        Assert.Equal(200, step.Note!.Length);
    }

    private static async Task EndAsync(ScriptedContext context, CaseInput input)
    {
        try
        {
            await context.RunAsync(input);
        }
        catch (CaseEscalatedException)
        {
            // An end like the other; the progress tells which.
        }
    }
}
