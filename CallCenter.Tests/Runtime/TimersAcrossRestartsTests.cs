using System.Collections.Concurrent;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>Promise 3: after a restart every unfinished instance goes on by itself, timers included.</summary>
public sealed class TimersAcrossRestartsTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Timer_CameDueWhileDown_FiresAtOnce()
    {
        await using var program = await BeginAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(Hour);
            return $"{context.CurrentUtcDateTime:HH:mm}";
        });
        program.Kill();
        _clock.Advance(3 * Hour);

        await using var again = program.Restart();

        Assert.Equal("\"15:00\"", (await again.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Timer_NotDueAtTheRestart_FiresWhenItWouldHave()
    {
        await using var program = await BeginAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(Hour);
            return $"{context.CurrentUtcDateTime:HH:mm}";
        });
        program.Kill();
        _clock.Advance(Hour / 2);

        await using var again = program.Restart();
        _clock.Advance(Hour / 2 - TimeSpan.FromSeconds(1));
        await Pool.DrainAsync();
        Assert.False((await again.Client.GetAsync("one", CancellationToken.None))!.HasEnded);

        await AdvanceUntilEndAsync(again);
        Assert.Equal("\"13:00\"", (await again.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Timers_ThatCameDueWhileDown_FireInTheOrderOfTheirTimes()
    {
        await using var program = await BeginAsync(async (context, _) =>
        {
            var text = "";
            async Task After(int hours)
            {
                await context.CreateTimerAsync(hours * Hour);
                text += hours;
            }
            await Task.WhenAll(After(3), After(1), After(2));
            return text;
        });
        program.Kill();
        _clock.Advance(5 * Hour);

        await using var again = program.Restart();

        Assert.Equal("\"123\"", (await again.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task WaitForExternalEvent_DeadlinePassedWhileDown_TimesOut()
    {
        await using var program = await BeginAsync(async (context, _) =>
        {
            try
            {
                return await context.WaitForExternalEventAsync<string>("Go", Hour);
            }
            catch (TimeoutException)
            {
                return "too late";
            }
        });
        program.Kill();
        _clock.Advance(2 * Hour);

        await using var again = program.Restart();

        Assert.Equal("\"too late\"", (await again.Client.EndAsync("one")).Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retry_DelayAcrossARestart_IsKept(bool passedWhileDown)
    {
        var runs = new ConcurrentQueue<DateTime>();
        var process = new TestProcess
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
        };
        await using var program = new EmbeddedProgram(process, new MemoryStore(), clock: _clock);
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(program.History().OfType<AttemptFailed>().Any()));
        program.Kill();
        _clock.Advance(passedWhileDown ? 2 * Hour : Hour / 2);

        await using var again = program.Restart();
        await Pool.DrainAsync();
        Assert.Equal(passedWhileDown ? 2 : 1, await RunsAsync(passedWhileDown ? 2 : 1));
        await AdvanceUntilEndAsync(again);

        Assert.Equal("\"done\"", (await again.Client.EndAsync("one")).Output);
        Assert.True(runs.Last() - runs.First() >= Hour);
        Assert.Equal(2, runs.Count);

        async Task<int> RunsAsync(int expected)
        {
            await Eventually.TrueAsync(() => Task.FromResult(runs.Count >= expected));
            return runs.Count;
        }
    }

    [Fact]
    public async Task Retry_ClockIsSetBackMeanwhile_IsNotDelayedByThat()
    {
        var runs = 0;
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = (context, _) => context.CallActivityAsync<string>("Flaky", "", new RetryPolicy(2, TimeSpan.FromMinutes(2), 1)),
                Activities = { ["Flaky"] = _ => Interlocked.Increment(ref runs) == 1 ? throw new InvalidOperationException("busy") : Task.FromResult("done") },
            },
            new MemoryStore(),
            clock: _clock);
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(program.History().OfType<AttemptFailed>().Any()));
        await Pool.DrainAsync();

        _clock.Set(_clock.GetUtcNow() - 10 * Hour);
        for (var minute = 0; minute < 4; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await Pool.DrainAsync();
        }

        Assert.Equal("\"done\"", (await program.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Timer_ClockIsSetForwardMeanwhile_FiresWithinAMinute()
    {
        await using var program = await BeginAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(Hour);
            return "fired";
        });
        await Pool.DrainAsync();

        _clock.Set(_clock.GetUtcNow() + 2 * Hour);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("\"fired\"", (await program.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Timer_DueWhileSuspended_IsRecordedOnceAcrossARestart()
    {
        await using var program = await BeginAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(Hour);
            return "fired";
        });
        await program.Client.SuspendAsync("one", null, CancellationToken.None);
        _clock.Advance(Hour);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => Task.FromResult(program.History().OfType<TimerFired>().Any()));

        await using var again = program.Restart();
        _clock.Advance(Hour);
        await Pool.DrainAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await again.Client.GetAsync("one", CancellationToken.None))!.RuntimeStatus);
        await again.Client.ResumeAsync("one", null, CancellationToken.None);

        Assert.Equal("\"fired\"", (await again.Client.EndAsync("one")).Output);
        Assert.Single(again.History().OfType<TimerFired>());
    }

    /// <summary>Starts an instance and waits until it waits.</summary>
    private async Task<EmbeddedProgram> BeginAsync(Func<IOrchestrationContext, string, Task<string>> orchestration)
    {
        var program = new EmbeddedProgram(new TestProcess { Orchestration = orchestration }, new MemoryStore(), clock: _clock);
        await program.ScheduleAsync();
        return program;
    }

    /// <summary>The timer is armed a little behind the commit, so time goes on until it has fired.</summary>
    private async Task AdvanceUntilEndAsync(EmbeddedProgram program) => await Eventually.TrueAsync(async () =>
    {
        _clock.Advance(TimeSpan.FromSeconds(30));
        return (await program.Client.GetAsync("one", CancellationToken.None))!.HasEnded;
    });
}
