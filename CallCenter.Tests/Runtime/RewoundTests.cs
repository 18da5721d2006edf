using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>A failed instance that is taken up again: what is known of the time that it lay failed.</summary>
public sealed class RewoundTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualClock _clock = new();
    private int _runs;

    [Fact]
    public async Task Rewind_Twice_TellsHowLongItLayFailed()
    {
        await using var program = Program(failures: 2);
        await program.ScheduleAsync();
        await RewindAfterAsync(program, TimeSpan.FromHours(1));
        await RewindAfterAsync(program, TimeSpan.FromHours(2));

        var ended = await program.Client.EndAsync("one");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(TimeSpan.FromHours(3), ended.LayFailed);
        Assert.Equal(TimeSpan.FromHours(3), ended.LastUpdatedAt - ended.CreatedAt);
    }

    [Fact]
    public async Task Rewind_ThenARestartOfTheProgram_IsStillKnown()
    {
        var program = Program(failures: 1);
        await program.ScheduleAsync();
        await RewindAfterAsync(program, TimeSpan.FromHours(1));
        await program.Client.EndAsync("one");

        await using var again = program.Restart();

        Assert.Equal(TimeSpan.FromHours(1), (await again.Client.EndAsync("one")).LayFailed);
        Assert.Equal(
            [typeof(ExecutionStarted), typeof(ExecutionFailed), typeof(ExecutionRewound), typeof(TaskCompleted), typeof(ExecutionCompleted)],
            again.History().Select(item => item.GetType()));
    }

    [Fact]
    public async Task Rewind_RetriesAreUsedUp_HasAllOfThemAgain()
    {
        var runs = 0;
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = (context, _) => context.CallActivityAsync<string>("Work", "", new RetryPolicy(2, TimeSpan.FromMilliseconds(1), 1)),
                Activities = { ["Work"] = _ => Interlocked.Increment(ref runs) < 4 ? throw new InvalidOperationException("busy") : Task.FromResult("done") },
            },
            new MemoryStore());
        await program.ScheduleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await program.Client.EndAsync("one")).RuntimeStatus);

        await program.Client.RewindAsync("one", null, None);

        Assert.Equal("\"done\"", (await program.Client.EndAsync("one")).Output);
        Assert.Equal(4, runs);
    }

    [Fact]
    public async Task NeverRewound_LayFailedForNoTime()
    {
        await using var program = Program(failures: 1);
        await program.ScheduleAsync();

        Assert.Equal(TimeSpan.Zero, (await program.Client.EndAsync("one")).LayFailed);
    }

    private EmbeddedProgram Program(int failures) => new(
        new TestProcess
        {
            Orchestration = (context, _) => context.CallActivityAsync<string>("Work", ""),
            Activities = { ["Work"] = _ => Interlocked.Increment(ref _runs) <= failures ? throw new IOException("busy") : Task.FromResult("done") },
        },
        new MemoryStore(),
        clock: _clock);

    private async Task RewindAfterAsync(EmbeddedProgram program, TimeSpan time)
    {
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await program.Client.EndAsync("one")).RuntimeStatus);
        _clock.Advance(time);
        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.RewindAsync("one", null, None));
    }
}
