using CallCenter.Durable.Seams;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>Promise 5: events may arrive before they are awaited, and are kept; an ended instance refuses them.</summary>
public sealed class EventsAcrossRestartsTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [Fact]
    public async Task RaiseEvent_BeforeTheWaitAndARestart_IsKeptInOrder()
    {
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = async (context, _) =>
                {
                    await context.WaitForExternalEventAsync<string>("Gate", Long);
                    return await context.WaitForExternalEventAsync<string>("Go", Long) + await context.WaitForExternalEventAsync<string>("Go", Long);
                },
            },
            new MemoryStore());
        await program.ScheduleAsync();
        await program.Client.RaiseEventAsync("one", "Go", "first ", None);

        await using var second = program.Restart();
        await second.Client.RaiseEventAsync("one", "Go", "second", None);
        await using var third = second.Restart();
        await third.Client.RaiseEventAsync("one", "Gate", "", None);

        Assert.Equal("\"first second\"", (await third.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task RaiseEvent_ForAnEndedInstance_IsRefusedAfterARestartToo()
    {
        await using var program = new EmbeddedProgram(new TestProcess { Orchestration = (_, input) => Task.FromResult(input) }, new MemoryStore());
        await program.ScheduleAsync();
        await program.Client.EndAsync("one");
        await using var again = program.Restart();

        Assert.Equal(OrchestrationAnswer.Ended, await program.Client.RaiseEventAsync("one", "Go", "", None));
        Assert.Equal(OrchestrationAnswer.Ended, await again.Client.RaiseEventAsync("one", "Go", "", None));
    }

    [Fact]
    public async Task AskForAChange_OfAnInstanceThatHasEndedMeanwhile_LeavesItsSuccessorAlone()
    {
        var (ends, runs, forever) = (0, 0, new TaskCompletionSource<string>());
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = (context, _) => context.CallActivityAsync<string>("Work", ""),
                Activities = { ["Work"] = _ => ++runs == 1 ? throw new InvalidOperationException("not yet") : forever.Task },
            },
            new MemoryStore());
        program.Runtime.Ended = _ => ends++;
        program.Store.Hold();
        var start = program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(program.Runtime.Instances.Find("one") is not null));
        var first = program.Runtime.Instances.Find("one")!;
        program.Store.Release();
        await start;
        await program.Client.EndAsync("one");
        await program.Client.RewindAsync("one", null, None);

        // Somebody who held the first one still asks it, as a request that was on its way would.
        Assert.Equal(OrchestrationAnswer.Ended, await first.AskAsync((_, now) => throw new InvalidOperationException($"Asked at {now}.")));
        await Pool.DrainAsync();

        Assert.Equal(1, ends);
        Assert.NotNull(program.Runtime.Instances.Find("one"));
    }
}
