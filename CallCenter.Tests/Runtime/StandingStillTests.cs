using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>After a failure in the middle of a turn nothing is recorded over what may be missing: the instance stands still until the next start.</summary>
public sealed class StandingStillTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Instance_ATurnFailed_RecordsNothingOverTheGapAndGoesOnAfterARestart()
    {
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = async (context, _) =>
                    await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromHours(1)) + await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromHours(1)),
            },
            new MemoryStore());
        await program.ScheduleAsync();
        program.Store.Broken = new InvalidOperationException("a bug");

        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.RaiseEventAsync("one", "Go", "lost", None));
        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.RaiseEventAsync("one", "Go", "later", None));
        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.TerminateAsync("one", null, None));

        await using var again = program.Restart();
        Assert.Equal([typeof(ExecutionStarted)], again.History().Select(item => item.GetType()));
        await again.Client.RaiseEventAsync("one", "Go", "a", None);
        await again.Client.RaiseEventAsync("one", "Go", "b", None);
        Assert.Equal("\"ab\"", (await again.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Instance_StandsStill_RecordsNeitherResultsNorTimers()
    {
        var clock = new ManualClock();
        var (begun, result) = (new TaskCompletionSource(), new TaskCompletionSource<string>());
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = async (context, _) =>
                {
                    var work = context.CallActivityAsync<string>("Work", "");
                    var timer = context.CreateTimerAsync(TimeSpan.FromHours(1));
                    var text = await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromDays(1));
                    await timer;
                    return text + await work;
                },
                Activities =
                {
                    ["Work"] = _ =>
                    {
                        begun.TrySetResult();
                        return result.Task;
                    },
                },
            },
            new MemoryStore(),
            clock: clock);
        await program.ScheduleAsync();
        await begun.Task;
        program.Store.Broken = new InvalidOperationException("a bug");
        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.RaiseEventAsync("one", "Go", "lost", None));
        var changes = program.Store.Changes;

        result.SetResult("done");
        clock.Advance(TimeSpan.FromHours(2));
        await Pool.DrainAsync();

        Assert.Equal(changes, program.Store.Changes);
        await using var again = program.Restart();
        await again.Client.RaiseEventAsync("one", "Go", "well ", None);
        Assert.Equal("\"well done\"", (await again.Client.EndAsync("one")).Output);
    }
}
