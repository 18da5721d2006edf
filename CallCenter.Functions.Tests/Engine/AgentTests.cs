using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>Cases that wait for a person: events of every shape, and the deadline, on the real engine.</summary>
public sealed class AgentTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static CaseInput Input(string caseId) => EngineFixture.Input(caseId) with { WorkMode = WorkMode.Agent, AgentDeadlineSeconds = 600 };

    private async Task<string> WaitingAsync(CaseInput input)
    {
        var instanceId = await engine.StartAsync(input);
        await engine.UntilAsync(instanceId, progress => progress.WaitingFor == "CaseWorked");
        return instanceId;
    }

    private Task<OrchestrationAnswer> RaiseAsync(string instanceId, object? payload, string name = "CaseWorked") =>
        engine.Client.RaiseEventAsync(instanceId, name, payload, default);

    [Theory]
    [InlineData(true, OrchestrationRuntimeStatus.Completed)]
    [InlineData(false, OrchestrationRuntimeStatus.Failed)]
    public async Task Answer_WhileWaiting_DecidesTheCase(bool resolved, OrchestrationRuntimeStatus expected)
    {
        var instanceId = await WaitingAsync(Input("agent"));

        await RaiseAsync(instanceId, new CaseWorked { Resolved = resolved, Attempt = 1, Agent = "Ada", Note = "done" });

        var ended = await engine.EndAsync(instanceId);
        Assert.Equal(expected, ended.State.RuntimeStatus);
        Assert.Equal(("Ada", "done"), (ended.Progress.Steps[2].Agent, ended.Progress.Steps[2].Note));
    }

    [Fact]
    public async Task Answer_BeforeTheWait_IsKept()
    {
        var instanceId = await engine.StartAsync(Input("early"));
        await RaiseAsync(instanceId, new CaseWorked { Resolved = true });

        Assert.Equal(1, (await engine.EndAsync(instanceId)).Output.Status);
    }

    [Theory]
    [InlineData("\"x\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"resolved\":\"maybe\"}")]
    [InlineData("{\"resolved\":true,\"attempt\":7}")]
    public async Task Answer_OfTheWrongShape_IsIgnoredAndTheWaitGoesOn(string payload)
    {
        var instanceId = await WaitingAsync(Input("shape"));

        await RaiseAsync(instanceId, System.Text.Json.JsonDocument.Parse(payload).RootElement);
        await RaiseAsync(instanceId, new CaseWorked { Resolved = true, Attempt = 1 });

        var ended = await engine.EndAsync(instanceId);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.State.RuntimeStatus);
        Assert.Equal(1, ended.Output.Status);
    }

    [Fact]
    public async Task Answer_WithoutAnyPayload_IsIgnoredAndTheWaitGoesOn()
    {
        var instanceId = await WaitingAsync(Input("no payload"));

        await RaiseAsync(instanceId, null);
        await RaiseAsync(instanceId, new CaseWorked { Resolved = true, Attempt = 1 });

        Assert.Equal(1, (await engine.EndAsync(instanceId)).Output.Status);
    }

    [Fact]
    public async Task Answer_SecondClick_DoesNotAnswerTheNextAttempt()
    {
        var instanceId = await WaitingAsync(Input("twice") with { OnEscalation = OnEscalation.WorkAgain, MaxAttempts = 2 });

        await RaiseAsync(instanceId, new CaseWorked { Resolved = false, Attempt = 1 });
        await RaiseAsync(instanceId, new CaseWorked { Resolved = false, Attempt = 1 });
        await engine.UntilAsync(instanceId, progress => progress is { WaitingFor: "CaseWorked", Attempt: 2 });
        await RaiseAsync(instanceId, new CaseWorked { Resolved = true, Attempt = 2 });

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.EndAsync(instanceId)).State.RuntimeStatus);
    }

    [Fact]
    public async Task Answer_EventNameInAnotherCase_Counts()
    {
        var instanceId = await WaitingAsync(Input("name"));

        await RaiseAsync(instanceId, new CaseWorked { Resolved = true }, "caseworked");

        Assert.Equal(1, (await engine.EndAsync(instanceId)).Output.Status);
    }

    [Fact]
    public async Task Answer_NoneUntilTheDeadline_CountsAsUnresolved()
    {
        var ended = await engine.RunAsync(Input("late") with { AgentDeadlineSeconds = 1 });

        Assert.Equal("Case late: opened...assigned...unresolved...escalating.", ended.Progress.Case!.Message);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.State.RuntimeStatus);
    }

    [Fact]
    public async Task Case_Answered_EndsAtOnceAndNotAtTheDeadline()
    {
        // A timer that lost against the event keeps a Durable Functions case open until it fires: ten minutes here.
        var instanceId = await WaitingAsync(Input("at once"));
        await RaiseAsync(instanceId, new CaseWorked { Resolved = true });

        Assert.True((await engine.EndAsync(instanceId)).State.HasEnded);
    }

    [Fact]
    public async Task Case_LongestTexts_NeverPublishesMoreThanTheStorageTakes()
    {
        // Azure Storage refuses more than 8,192 characters, and the case dies; the engine in memory would take them.
        const int attempts = 6;
        var instanceId = await WaitingAsync(Input(string.Concat(Enumerable.Repeat("😀", 128))) with { OnEscalation = OnEscalation.WorkAgain, MaxAttempts = attempts });
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            await engine.UntilAsync(instanceId, progress => progress.WaitingFor is not null && progress.Attempt == attempt);
            Assert.InRange((await engine.Client.GetAsync(instanceId, default))!.CustomStatus!.Length, 1, 8_192);
            await RaiseAsync(instanceId, new CaseWorked { Resolved = false, Attempt = attempt, Agent = new string('ä', 64), Note = new string('ü', 200) });
        }

        Assert.InRange((await engine.EndAsync(instanceId)).State.CustomStatus!.Length, 1, 8_192);
    }

    [Fact]
    public async Task Terminate_WhileWaiting_EndsTheCaseWithTheReason()
    {
        var instanceId = await WaitingAsync(Input("stop"));

        Assert.Equal(OrchestrationAnswer.Accepted, await engine.Client.TerminateAsync(instanceId, "enough", default));

        var state = await engine.Client.WaitForCompletionAsync(instanceId, TimeSpan.FromSeconds(60), default);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"enough\""), (state!.RuntimeStatus, state.Output));
    }
}
