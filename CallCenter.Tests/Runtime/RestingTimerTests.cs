using System.Collections.Concurrent;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>What an instance waits for comes in time, though it rests meanwhile.</summary>
public sealed class RestingTimerTests : RestingTestBase
{
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

        Clock.Advance(Hour - TimeSpan.FromSeconds(1));
        await Pool.DrainAsync();
        Assert.Null(InMemory(program));
        Clock.Advance(TimeSpan.FromSeconds(2));

        await EndsByItselfAsync(program);
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

        Clock.Set(Clock.GetUtcNow() - 5 * Hour);
        Clock.Advance(Hour + TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(() => Task.FromResult(program.History().OfType<TimerFired>().Count() == 1));
    }

    [Fact]
    public async Task Event_ClockWasSetBack_IsNotRecordedBeforeWhatWasBefore()
    {
        await using var program = Program(async (context, _) =>
        {
            await context.WaitForExternalEventAsync<string>("Go", 24 * Hour);
            var first = context.CurrentUtcDateTime;
            await context.WaitForExternalEventAsync<string>("Go", 24 * Hour);
            return $"{first:HH:mm} {context.CurrentUtcDateTime:HH:mm}";
        });
        await program.ScheduleAsync();
        Clock.Advance(Hour);
        await program.Client.RaiseEventAsync("one", "Go", "first", None);

        Clock.Set(Clock.GetUtcNow() - 5 * Hour);
        await program.Client.RaiseEventAsync("one", "Go", "second", None);

        Assert.Equal("\"13:00 13:00\"", (await program.Client.EndAsync("one")).Output);
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
                        runs.Enqueue(Clock.GetUtcNow().UtcDateTime);
                        return runs.Count == 1 ? throw new InvalidOperationException("busy") : Task.FromResult("done");
                    },
                },
            },
            new MemoryStore(), Nothing, Clock);
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(runs.Count == 1));
        await RestsAsync(program);

        Clock.Advance(Hour + TimeSpan.FromSeconds(1));

        await EndsByItselfAsync(program);
        Assert.Equal("\"done\"", (await program.Client.EndAsync("one")).Output);
        Assert.Equal(2, runs.Count);
        Assert.Single(program.History().OfType<AttemptFailed>());
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
            new MemoryStore(), Nothing with { MaxConcurrentActivities = 1 }, Clock);
        foreach (var i in Enumerable.Range(0, Count))
            await program.ScheduleAsync($"{i}", "wait");
        await RestsAsync(program, [.. Enumerable.Range(0, Count).Select(i => $"{i}")]);

        Clock.Advance(Hour + TimeSpan.FromSeconds(1));
        await program.ScheduleAsync("new", "now");

        Assert.Equal("\"now\"", (await program.Client.EndAsync("new")).Output);
        await Eventually.TrueAsync(async () =>
        {
            // The pause between two portions is by the same clock.
            Clock.Advance(TimeSpan.FromMilliseconds(20));
            return (await program.Client.QueryAsync(new OrchestrationQuery { Top = 1 }, None)).Counts!.GetValueOrDefault(OrchestrationRuntimeStatus.Completed) == Count + 1;
        });
    }
}
