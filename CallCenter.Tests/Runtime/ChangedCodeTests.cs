using System.Collections.Concurrent;
using CallCenter.Durable.Seams;
using CallCenter.Tests.Conformance;
using Code = System.Func<CallCenter.Durable.Seams.IOrchestrationContext, string, System.Threading.Tasks.Task<string>>;

namespace CallCenter.Tests.Runtime;

/// <summary>Promise 4: code that does not fit the journal fails the instance, and a rewind goes on once it is mended.</summary>
public sealed class ChangedCodeTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly ConcurrentQueue<string> _runs = new();
    private readonly TaskCompletionSource _timerFired = new();

    /// <summary>What the code became, and how the message names the step that the journal holds and the one that was found.</summary>
    public static TheoryData<string, string, string> Changes => new()
    {
        { "another activity", "Step 0: the history holds the activity 'A'", "asked for the activity 'B'" },
        { "a timer for an activity", "Step 0: the history holds the activity 'A'", "asked for a timer" },
        { "an activity for a timer", "Step 1: the history holds a timer", "asked for the activity 'B'" },
        { "a step more before", "Step 1: the history holds a timer", "asked for the activity 'A'" },
        { "one after the other", "Step 1: the history holds a timer", "asked for nothing" },
        { "an early end", "Step 1: the history holds a timer", "asked for nothing" },
        { "an early failure", "Step 1: the history holds a timer", "asked for nothing" },
        { "a wait in between", "Step 1: the history holds a timer", "asked for the activity 'B'" },
    };

    private static Code Original => async (context, _) =>
    {
        var work = context.CallActivityAsync<string>("A", "");
        await context.CreateTimerAsync(Soon);
        return await work + await context.WaitForExternalEventAsync<string>("Go", Long) + await context.CallActivityAsync<string>("C", "");
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Replay_WithChangedCode_FailsNamingBothAndRewindGoesOn(string change, string expected, string found)
    {
        await using var program = Program(Original);
        await BeginAsync(program);

        await using var changed = program.Restart(program.Process.With(Changed(change)));
        var failed = await changed.Client.EndAsync("one");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("CallCenter.Standalone.Runtime.NonDeterministicOrchestrationException", failed.Failure!.Type);
        Assert.StartsWith(expected, failed.Failure.Message, StringComparison.Ordinal);
        Assert.Contains(found, failed.Failure.Message, StringComparison.Ordinal);

        await using var mended = changed.Restart(program.Process);
        Assert.Equal(OrchestrationAnswer.Accepted, await mended.Client.RewindAsync("one", "mended", CancellationToken.None));
        await mended.Client.RaiseEventAsync("one", "Go", "go ", CancellationToken.None);
        Assert.Equal("\"A go C\"", (await mended.Client.EndAsync("one")).Output);
        Assert.Equal(["A", "C"], _runs);
    }

    [Fact]
    public async Task Replay_WithMoreStepsBehind_GoesOn()
    {
        await using var program = Program(Original);
        await BeginAsync(program);

        await using var longer = program.Restart(program.Process.With(async (context, input) =>
            await Original(context, input) + await context.CallActivityAsync<string>("B", "")));
        await longer.Client.RaiseEventAsync("one", "Go", "go ", CancellationToken.None);

        Assert.Equal("\"A go CB \"", (await longer.Client.EndAsync("one")).Output);
    }

    private static Code Changed(string change) => async (context, input) =>
    {
        switch (change)
        {
            case "another activity":
                return await context.CallActivityAsync<string>("B", "");
            case "a timer for an activity":
                await context.CreateTimerAsync(Soon);
                return "";
            case "an activity for a timer":
                return string.Concat(await Task.WhenAll(context.CallActivityAsync<string>("A", ""), context.CallActivityAsync<string>("B", "")));
            case "a step more before":
                return string.Concat(await Task.WhenAll(context.CallActivityAsync<string>("A", ""), context.CallActivityAsync<string>("A", "")));
            case "one after the other":
                // Asks for the timer, but only after the activity: its firing came first.
                var one = await context.CallActivityAsync<string>("A", "");
                await context.CreateTimerAsync(Soon);
                return one;
            case "an early end":
                await context.CallActivityAsync<string>("A", "");
                return "early";
            case "an early failure":
                throw new InvalidOperationException("early");
            default:
                var first = context.CallActivityAsync<string>("A", "");
                var second = context.CallActivityAsync<string>("B", "");
                await context.CreateTimerAsync(Soon);
                return await first + await second;
        }
    };

    /// <summary>Until the journal holds the start, then the timer, then A.</summary>
    private async Task BeginAsync(EmbeddedProgram program)
    {
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(program.History().Count == 2));
        _timerFired.SetResult();
        await Eventually.TrueAsync(() => Task.FromResult(program.History().Count == 3));
    }

    private EmbeddedProgram Program(Code code) => new(
        new TestProcess
        {
            Orchestration = code,
            Activities = { ["A"] = _ => RunAsync("A "), ["B"] = _ => RunAsync("B "), ["C"] = _ => RunAsync("C") },
        },
        new MemoryStore());

    private async Task<string> RunAsync(string name)
    {
        _runs.Enqueue(name.Trim());
        await _timerFired.Task;
        return name;
    }
}
