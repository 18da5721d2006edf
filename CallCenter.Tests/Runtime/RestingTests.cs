using System.Collections.Concurrent;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>An instance that has nothing to do but wait leaves the memory, and comes back when something happens to it or somebody looks.</summary>
public sealed class RestingTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly RuntimeOptions Nothing = new() { MaxIdle = 0 };

    private readonly ManualClock _clock = new();
    private int _replays;

    [Fact]
    public async Task Instance_OnlyWaits_LeavesTheMemoryAndComesBackForAnEvent()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync();
        await RestsAsync(program);

        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.RaiseEventAsync("one", "Go", "now", None));

        Assert.Equal("\"now\"", (await program.Client.EndAsync("one")).Output);
        Assert.Equal([typeof(ExecutionStarted), typeof(EventRaised), typeof(ExecutionCompleted), typeof(CustomStatusKept)], program.History().Select(item => item.GetType()));
    }

    [Fact]
    public async Task Instance_SomebodyLooks_IsShownAsItWas()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync(input: "hello");
        await RestsAsync(program);
        var changes = program.Store.Changes;

        for (var look = 0; look < 3; look++)
        {
            var state = await program.Client.GetAsync("one", None);
            Assert.Equal((OrchestrationRuntimeStatus.Running, "\"hello\"", "\"waits\""), (state!.RuntimeStatus, state.Input, state.CustomStatus));
            await RestsAsync(program);
        }

        // It is known already what it rests with.
        Assert.Equal(changes, program.Store.Changes);
        Assert.Equal(1L, (await program.Client.QueryAsync(new OrchestrationQuery(), None)).Counts![OrchestrationRuntimeStatus.Running]);
    }

    [Fact]
    public async Task Timer_OfOneThatRests_FiresInTime()
    {
        await using var program = Program(async (context, _) =>
        {
            await context.CreateTimerAsync(Hour);
            return $"{context.CurrentUtcDateTime:HH:mm}";
        });
        await program.ScheduleAsync();
        await RestsAsync(program);

        _clock.Advance(Hour - TimeSpan.FromSeconds(1));
        await Pool.DrainAsync();
        Assert.Null(InMemory(program));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("\"13:00\"", (await program.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Timer_ClockIsSetBackWhileItRests_FiresWhenTheTimeHasPassed()
    {
        await using var program = Program(async (context, _) =>
        {
            await context.CreateTimerAsync(Hour);
            await context.CreateTimerAsync(Hour);
            return "done";
        });
        await program.ScheduleAsync();
        await RestsAsync(program);

        _clock.Set(_clock.GetUtcNow() - 5 * Hour);
        _clock.Advance(Hour + TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(() => Task.FromResult(program.History().OfType<TimerFired>().Count() == 1));
    }

    [Fact]
    public async Task Retry_OfOneThatRests_RunsOnceMoreInTime()
    {
        var runs = new ConcurrentQueue<DateTime>();
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = (context, _) => context.CallActivityAsync<string>("Flaky", "", new RetryPolicy(2, Hour, 1)),
                Activities =
                {
                    ["Flaky"] = _ =>
                    {
                        runs.Enqueue(_clock.GetUtcNow().UtcDateTime);
                        return runs.Count == 1 ? throw new InvalidOperationException("busy") : Task.FromResult("done");
                    },
                },
            },
            new MemoryStore(), Nothing, _clock);
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(runs.Count == 1));
        await RestsAsync(program);

        _clock.Advance(Hour + TimeSpan.FromSeconds(1));

        Assert.Equal("\"done\"", (await program.Client.EndAsync("one")).Output);
        Assert.Equal(2, runs.Count);
        Assert.Single(program.History().OfType<AttemptFailed>());
    }

    [Fact]
    public async Task Suspended_Rests_AndGoesOnWhenItIsResumed()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync();
        await program.Client.SuspendAsync("one", "later", None);
        await RestsAsync(program);

        var suspended = await program.Client.QueryAsync(new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Suspended] }, None);
        Assert.Equal(("one", 1L), (Assert.Single(suspended.Instances).InstanceId, suspended.Total));
        await RestsAsync(program);
        await program.Client.RaiseEventAsync("one", "Go", "now", None);
        await program.Client.ResumeAsync("one", null, None);

        Assert.Equal("\"now\"", (await program.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Query_StatusThatOthersHave_ReadsNoneOfThem()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync("one");
        await program.ScheduleAsync("two");
        await RestsAsync(program, "one", "two");
        _replays = 0;

        foreach (var order in Enum.GetValues<OrchestrationOrder>())
            Assert.Empty((await program.Client.QueryAsync(new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Suspended], Order = order }, None)).Instances);

        Assert.Equal(0, _replays);
    }

    [Fact]
    public async Task Restart_WithThoseThatRest_RunsNoneOfThemUntilItsTimeComes()
    {
        var program = Program(WaitAsync);
        await program.ScheduleAsync("one");
        await program.ScheduleAsync("two");
        await program.Client.SuspendAsync("two", null, None);
        await RestsAsync(program, "one", "two");
        _replays = 0;
        // Nobody waits for the notes to be flushed.
        program.Store.Release();

        program = program.Restart();
        await using var again = program;
        await Pool.DrainAsync();

        Assert.Equal((0, 2), (_replays, program.Runtime.Recovered));
        var page = await program.Client.QueryAsync(new OrchestrationQuery { Top = 1 }, None);
        Assert.Equal((1L, 1L), (page.Counts![OrchestrationRuntimeStatus.Running], page.Counts[OrchestrationRuntimeStatus.Suspended]));
        await program.Client.RaiseEventAsync("one", "Go", "now", None);
        Assert.Equal("\"now\"", (await program.Client.EndAsync("one")).Output);
        _clock.Advance(25 * Hour);
        await program.Client.ResumeAsync("two", null, None);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await program.Client.EndAsync("two")).RuntimeStatus);
    }

    [Fact]
    public async Task Restart_NoteOfAnotherVersion_TakesTheInstanceUp()
    {
        var program = Program(WaitAsync);
        await program.ScheduleAsync();
        await RestsAsync(program);
        program.Store.Rest(program.Store.Find("one")!.Value.Number, [7, 7, 7]);
        program.Store.Release();

        await using var again = program.Restart(options: new RuntimeOptions());

        Assert.NotNull(InMemory(again));
        await again.Client.RaiseEventAsync("one", "Go", "now", None);
        Assert.Equal("\"now\"", (await again.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task WaitForCompletion_OfOneThatRests_SeesItsEnd()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync();
        await RestsAsync(program);

        var end = program.Client.WaitForCompletionAsync("one", Hour, None);
        await Pool.DrainAsync();
        Assert.NotNull(InMemory(program));
        await program.Client.RaiseEventAsync("one", "Go", "now", None);

        Assert.Equal("\"now\"", (await end)!.Output);
    }

    [Fact]
    public async Task WaitForCompletion_GivenUp_LetsItRest()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync();

        Assert.False((await program.Client.WaitForCompletionAsync("one", TimeSpan.Zero, None))!.HasEnded);

        await RestsAsync(program);
    }

    [Fact]
    public async Task MaxIdle_IsReached_TheLatestStay()
    {
        await using var program = Program(WaitAsync, new RuntimeOptions { MaxIdle = 2 });
        foreach (var id in new[] { "first", "second", "third" })
        {
            await program.ScheduleAsync(id);
            await Eventually.TrueAsync(async () => (await program.Client.GetAsync(id, None))!.CustomStatus is not null);
        }

        await RestsAsync(program, "first");
        Assert.NotNull(InMemory(program, "second"));
        Assert.NotNull(InMemory(program, "third"));
    }

    [Fact]
    public async Task Events_WhileItComesAndGoes_AreAllTaken()
    {
        const int Count = 200;
        await using var program = Program(async (context, _) =>
        {
            var sum = 0;
            for (var i = 0; i < Count; i++)
                sum += await context.WaitForExternalEventAsync<int>("Go", Hour);
            return $"{sum}";
        });
        await program.ScheduleAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, Count).Select(async i =>
        {
            await Task.Yield();
            _ = await program.Client.GetAsync("one", None);
            return await program.Client.RaiseEventAsync("one", "Go", i, None);
        }));

        Assert.All(answers, answer => Assert.Equal(OrchestrationAnswer.Accepted, answer));
        Assert.Equal($"\"{Count * (Count + 1) / 2}\"", (await program.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Timers_OfManyThatRest_AllFireAndNewOnesGoOn()
    {
        const int Count = 500;
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = async (context, input) =>
                {
                    if (input == "wait")
                        await context.CreateTimerAsync(Hour);
                    return await context.CallActivityAsync<string>("Work", input);
                },
                Activities = { ["Work"] = Task.FromResult },
            },
            new MemoryStore(), Nothing with { MaxConcurrentActivities = 1 }, _clock);
        foreach (var i in Enumerable.Range(0, Count))
            await program.ScheduleAsync($"{i}", "wait");
        await RestsAsync(program, [.. Enumerable.Range(0, Count).Select(i => $"{i}")]);

        _clock.Advance(Hour + TimeSpan.FromSeconds(1));
        await program.ScheduleAsync("new", "now");

        Assert.Equal("\"now\"", (await program.Client.EndAsync("new")).Output);
        await Eventually.TrueAsync(async () =>
        {
            // The pause between two portions is by the same clock.
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            return (await program.Client.QueryAsync(new OrchestrationQuery { Top = 1 }, None)).Counts!.GetValueOrDefault(OrchestrationRuntimeStatus.Completed) == Count + 1;
        });
    }

    [Fact]
    public async Task TakingUp_EndedTheProgramFiveTimes_FailsTheInstance()
    {
        var recorder = Path.GetTempFileName();
        try
        {
            var program = Program(WaitAsync, Nothing with { FlightRecorder = recorder });
            await program.ScheduleAsync();
            await RestsAsync(program);
            var number = program.Store.Find("one")!.Value.Number;
            program.Kill();
            for (var time = 0; time < 5; time++)
            {
                using var before = new FlightRecorder(recorder);
                before.Enter(number, FlightRecorder.TakingUp);
            }

            await using var again = program.Restart();
            _replays = 0;

            Assert.Equal(ErrorDetails.NameOf(typeof(RepeatedlyInterruptedException)), (await again.Client.EndAsync("one")).Failure?.Type);
            Assert.Equal(0, _replays);
        }
        finally
        {
            File.Delete(recorder);
        }
    }

    [Fact]
    public async Task Damaged_WhileItRests_HidesNoOther()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync("one");
        await program.ScheduleAsync("two");
        await RestsAsync(program, "one", "two");

        program.Store.Damaged = "one";
        Assert.Equal("two", Assert.Single((await program.Client.QueryAsync(new OrchestrationQuery(), None)).Instances).InstanceId);
        await Assert.ThrowsAsync<StoreDamagedException>(() => program.Client.GetAsync("one", None));
        _clock.Advance(25 * Hour);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await program.Client.EndAsync("two")).RuntimeStatus);
    }

    private EmbeddedProgram Program(Func<IOrchestrationContext, string, Task<string>> orchestration, RuntimeOptions? options = null) =>
        new(new TestProcess { Orchestration = orchestration }, new MemoryStore(), options ?? Nothing, _clock);

    private async Task<string> WaitAsync(IOrchestrationContext context, string input)
    {
        Interlocked.Increment(ref _replays);
        context.SetCustomStatus("waits");
        return await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromDays(1));
    }

    private static Instance? InMemory(EmbeddedProgram program, string id = "one") => program.Runtime.FindInMemory(program.Store.Find(id)!.Value.Number);

    private static async Task RestsAsync(EmbeddedProgram program, params string[] ids)
    {
        foreach (var id in ids.DefaultIfEmpty("one"))
            await Eventually.TrueAsync(() => Task.FromResult(InMemory(program, id) is null));
    }
}
