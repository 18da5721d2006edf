using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Workflows.CallCenter;

/// <summary>Azure Storage refuses a custom status of more than 8,192 UTF-16 characters of escaped JSON, and the case is lost then.</summary>
public sealed class ProgressLimitTests
{
    private const int AzureStorageLimit = 8_192;

    public static TheoryData<string> LongestCaseIds =>
        ["x", new('x', 256), string.Concat(Enumerable.Repeat("😀", 128)), new('"', 256), new('ü', 256), new('<', 256)];

    [Theory]
    [MemberData(nameof(LongestCaseIds))]
    public async Task Run_TwentyAttempts_NeverPublishesMoreThanTheStorageTakes(string caseId)
    {
        var context = new ScriptedContext([.. Enumerable.Repeat(0, 20)]);

        await Assert.ThrowsAsync<CaseEscalatedException>(() => context.RunAsync(Worst(caseId, WorkMode.Simulated)));

        Check(context);
    }

    [Theory]
    [MemberData(nameof(LongestCaseIds))]
    public async Task Run_TwentyAgentsWithLongNotes_NeverPublishesMoreThanTheStorageTakes(string caseId)
    {
        var context = new ScriptedContext();
        AnswerAtLength(context);

        await Assert.ThrowsAsync<CaseEscalatedException>(() => context.RunAsync(Worst(caseId, WorkMode.Agent)));

        Check(context);
    }

    /// <summary>A runtime may write a status when somebody reads it, long after.</summary>
    [Fact]
    public async Task Status_WrittenAfterTheRun_IsWhatItWasWhenItWasPublished()
    {
        var context = new ScriptedContext();
        AnswerAtLength(context);

        await Assert.ThrowsAsync<CaseEscalatedException>(() => context.RunAsync(Worst("x", WorkMode.Agent)));

        Assert.All(context.Statuses, status => Assert.IsAssignableFrom<ISnapshot>(status));
        Assert.Equal(context.Published, context.Statuses.Select(ScriptedContext.Written));
    }

    [Theory]
    [MemberData(nameof(LongestCaseIds))]
    public async Task Run_Replayed_PublishesWhatTheFirstRunDid(string caseId)
    {
        var (live, replay) = (new ScriptedContext(), new ScriptedContext { WritesLastOnly = true });
        AnswerAtLength(live);
        AnswerAtLength(replay);

        await Assert.ThrowsAsync<CaseEscalatedException>(() => live.RunAsync(Worst(caseId, WorkMode.Agent)));
        await Assert.ThrowsAsync<CaseEscalatedException>(() => replay.RunAsync(Worst(caseId, WorkMode.Agent)));
        replay.WriteLast();

        Assert.Equal(live.Published[^1], Assert.Single(replay.Published));
    }

    [Theory]
    [MemberData(nameof(LongestCaseIds))]
    public async Task Run_LongErrors_NeverPublishesMoreThanTheStorageTakes(string caseId)
    {
        var error = new ErrorDetails("System.InvalidOperationException", string.Concat(Enumerable.Repeat("😀\"", 10_000)));
        var context = new ScriptedContext { Failing = { ["WorkOnCase"] = error } };

        await Assert.ThrowsAsync<CaseEscalatedException>(() => context.RunAsync(Worst(caseId, WorkMode.Simulated)));

        Check(context);
    }

    [Theory]
    [MemberData(nameof(LongestCaseIds))]
    public async Task Run_TwentyDeadlinesThatPass_NeverPublishesMoreThanTheStorageTakes(string caseId)
    {
        var context = new ScriptedContext();

        await Assert.ThrowsAsync<CaseEscalatedException>(() => context.RunAsync(Worst(caseId, WorkMode.Agent)));

        Check(context);
    }

    [Fact]
    public async Task Run_TwentyAttemptsAndAShortId_OmitsNothing()
    {
        var context = new ScriptedContext([.. Enumerable.Repeat(0, 20)]);

        await Assert.ThrowsAsync<CaseEscalatedException>(() => context.RunAsync(Worst("001", WorkMode.Simulated)));

        Assert.Null(context.Progress.StepsOmitted);
        Assert.Equal(42, context.Progress.Steps.Count);
    }

    private static CaseInput Worst(string caseId, WorkMode mode) =>
        new() { InputCaseId = caseId, OnEscalation = OnEscalation.WorkAgain, MaxAttempts = 20, WorkMode = mode };

    private static void AnswerAtLength(ScriptedContext context)
    {
        for (var attempt = 1; attempt <= 20; attempt++)
            context.Events.Enqueue((1, JsonSerializer.Serialize(new CaseWorked { Attempt = attempt, Agent = new('"', 64), Note = string.Concat(Enumerable.Repeat("😀", 100)) })));
    }

    private static void Check(ScriptedContext context)
    {
        Assert.All(context.Published, json => Assert.InRange(json.Length, 0, AzureStorageLimit));
        var last = context.Progress;
        Assert.Equal(["Open Case", "Assign Case"], last.Steps.Take(2).Select(step => step.State));
        Assert.Equal("Escalate Case", last.Steps[^1].State);
        Assert.Equal(42, last.Steps.Count + (last.StepsOmitted ?? 0));
        Assert.Equal(last.Attempt, last.Steps[^1].Attempt);
    }
}
