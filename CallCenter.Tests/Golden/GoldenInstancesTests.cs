using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Tests.Conformance;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Golden;

/// <summary>The instances that an earlier program left in the golden folder can be gone on with.</summary>
public sealed class GoldenInstancesTests : IDisposable
{
    private static readonly CaseWorked Yes = new() { Resolved = true, Attempt = 1, Agent = "Kim" };

    private readonly GoldenFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("wartet-auf-Jörg", "C-100")]
    [InlineData("viele-Ereignisse", "C-106")]
    [InlineData("zurück-🔁", "C-105")]
    public async Task Answer_CaseThatWaitsForAnAgent_Resolves(string id, string caseId)
    {
        await using var program = await GoldenProgram.StartAsync(_folder.Path);

        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.RaiseEventAsync(id, CaseWorked.Event.Name, Yes, CancellationToken.None));

        await AssertClosedAsync(program.Client, id, caseId);
    }

    [Theory]
    [InlineData("wartet-auf-Jörg", "C-100")]
    [InlineData("viele-Ereignisse", "C-106")]
    [InlineData("zurück-🔁", "C-105")]
    public async Task Deadline_OfACaseThatWaitsForAnAgent_EscalatesIt(string id, string caseId)
    {
        await using var program = await GoldenProgram.StartAsync(_folder.Path);

        program.Clock.Advance(TimeSpan.FromDays(31));

        var end = await program.Client.EndAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains($"Case {caseId}: opened...assigned...unresolved...escalating.", end.CustomStatus, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suspended-event", "C-102")]
    [InlineData("suspended-result", "C-103")]
    public async Task Resume_SuspendedCase_GoesOnWithWhatWasHeld(string id, string caseId)
    {
        await using var program = await GoldenProgram.StartAsync(_folder.Path);

        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.ResumeAsync(id, null, CancellationToken.None));

        await AssertClosedAsync(program.Client, id, caseId);
    }

    [Theory]
    [InlineData("waiting-retry", "C-101")]
    [InlineData("rewound-retry", "C-104")]
    public async Task Retry_WhenItsTimeHasCome_Resolves(string id, string caseId)
    {
        await using var program = await GoldenProgram.StartAsync(_folder.Path);
        var nextAt = program.Client.Get(id)!.Pending.Single().NextAt!.Value;

        program.Clock.Advance(nextAt - program.Runtime.Now - TimeSpan.FromMilliseconds(1));
        Assert.False(program.Client.Get(id)!.Pending.Single().InFlight);
        program.Clock.Advance(TimeSpan.FromSeconds(1));

        await AssertClosedAsync(program.Client, id, caseId);
    }

    [Fact]
    public async Task Rewind_FailedCase_TakesBackTheFailureThatEndedIt()
    {
        await using var program = await GoldenProgram.StartAsync(_folder.Path);

        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.RewindAsync("close-failed", null, CancellationToken.None));

        await AssertClosedAsync(program.Client, "close-failed", "C-15");
    }

    [Fact]
    public async Task Rewind_FailureThatWasCaught_StaysCaught()
    {
        await using var program = await GoldenProgram.StartAsync(_folder.Path);
        var before = (await program.Client.GetAsync("дело-4", CancellationToken.None))!;

        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.RewindAsync("дело-4", null, CancellationToken.None));

        // The process itself had thrown, and does so again, having done nothing.
        var end = await program.Client.ReachAsync("дело-4", state => state.HasEnded && state.LastUpdatedAt > before.LastUpdatedAt);
        Assert.Equal((before.Output, before.RuntimeStatus), (end.Output, end.RuntimeStatus));
    }

    [Fact]
    public async Task Start_IdOfTheFolder_IsTaken_AndAnIdThatWasPurgedIsFree()
    {
        await using var program = await GoldenProgram.StartAsync(_folder.Path);
        var input = new CaseInput { InputCaseId = "C-200" };

        Assert.Null(await program.Client.ScheduleAsync("CallCenterOrchestrator", input, "電話-📞-😀", CancellationToken.None));
        Assert.Null(await program.Client.ScheduleAsync("CallCenterOrchestrator", input, "wartet-auf-Jörg", CancellationToken.None));
        Assert.NotNull(await program.Client.ScheduleAsync("CallCenterOrchestrator", input, "purged-later", CancellationToken.None));

        await AssertClosedAsync(program.Client, "purged-later", "C-200");
        Assert.Equal(29, program.Store.Find("purged-later")!.Value.Number);
    }

    private static async Task AssertClosedAsync(EmbeddedClient client, string id, string caseId)
    {
        var end = await client.EndAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal($$"""{"Case":"{{caseId}}","Status":1,"Message":"Case {{caseId}}: opened...assigned...resolved...closed."}""", end.Output);
    }
}
