using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Runtime;

/// <summary>Promise 10, as far as it is the runtime's: so many activities at a time, so much work that waits, and an orderly end.</summary>
public sealed class ActivityBoundsTests
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private int _most;

    [Fact]
    public async Task Activities_MoreThanMayRun_NeverRunMoreAtATime()
    {
        await using var program = Program(new RuntimeOptions { MaxConcurrentActivities = 3 }, sideBySide: 50);
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref _running) == 3));
        await Pool.DrainAsync();

        Assert.Equal(3, _running);
        _gate.SetResult();
        await program.Client.EndAsync("one");
        Assert.Equal(3, _most);
    }

    [Fact]
    public async Task Schedule_BeyondMaxPending_IsRefusedUntilWorkIsDone()
    {
        await using var program = Program(new RuntimeOptions { MaxConcurrentActivities = 1, MaxPending = 3 }, sideBySide: 1);
        foreach (var id in new[] { "one", "two", "three" })
            await program.ScheduleAsync(id);
        await Eventually.TrueAsync(() => Task.FromResult(program.Runtime.Activities.Pending == 3));

        var refusal = await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.ScheduleAsync("four"));
        Assert.True(refusal.RetryAfter > TimeSpan.Zero);
        Assert.Null(await program.Client.GetAsync("four", CancellationToken.None));

        _gate.SetResult();
        await program.Client.EndAsync("three");
        await program.ScheduleAsync("four");
        await program.Client.EndAsync("four");
    }

    [Fact]
    public async Task Stop_WithARunningActivity_LetsItEndAndBeginsNoOther()
    {
        await using var program = Program(new RuntimeOptions { MaxConcurrentActivities = 1 }, sideBySide: 2);
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref _running) == 1));

        var stop = program.Runtime.StopAsync();
        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.ScheduleAsync("two"));
        await Pool.DrainAsync();
        Assert.False(stop.IsCompleted);
        _gate.SetResult();
        await stop;

        Assert.Equal(1, _most);
        await using var again = program.Restart();
        Assert.Equal("\"2\"", (await again.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Stop_WithAnActivityThatDoesNotEnd_GoesWithoutItAndItRunsAgain()
    {
        await using var program = Program(new RuntimeOptions { ShutdownTimeout = TimeSpan.FromMilliseconds(50) }, sideBySide: 1);
        await program.ScheduleAsync();
        var waiting = program.Client.WaitForCompletionAsync("one", TimeSpan.FromHours(1), CancellationToken.None);
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref _running) == 1));

        await program.Runtime.StopAsync();

        Assert.False((await waiting.WaitAsync(TimeSpan.FromSeconds(30)))!.HasEnded);
        _gate.SetResult();
        await using var again = program.Restart();
        Assert.Equal("\"1\"", (await again.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Terminate_WhileAnActivityRuns_CancelsIt()
    {
        var cancelled = new TaskCompletionSource();
        var registry = new OrchestrationRegistry();
        registry.AddOrchestration<string, string>(TestProcess.Name, (context, input) => context.CallActivityAsync<string>("Work", input));
        registry.AddActivity<string, string>("Work", async (input, cancellation) =>
        {
            using var registration = cancellation.Register(() => cancelled.TrySetResult());
            return await WorkAsync(input);
        });
        await using var runtime = new EmbeddedRuntime(registry, new MemoryStore(), new RuntimeOptions(), TimeProvider.System, NullLogger.Instance);
        using var client = new EmbeddedClient(runtime);
        await client.ScheduleAsync(TestProcess.Name, "in", "one", CancellationToken.None);
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref _running) == 1));

        await client.TerminateAsync("one", "enough", CancellationToken.None);

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        _gate.SetResult();
    }

    [Fact]
    public async Task Terminate_ActivityFailsWhenItIsCancelled_EndsTheInstance()
    {
        var registry = new OrchestrationRegistry();
        registry.AddOrchestration<string, string>(TestProcess.Name, (context, input) => context.CallActivityAsync<string>("Work", input));
        registry.AddActivity<string, string>("Work", async (input, cancellation) =>
        {
            using var registration = cancellation.Register(() => throw new InvalidOperationException("not so fast"));
            return await WorkAsync(input);
        });
        await using var runtime = new EmbeddedRuntime(registry, new MemoryStore(), new RuntimeOptions(), TimeProvider.System, NullLogger.Instance);
        using var client = new EmbeddedClient(runtime);
        await client.ScheduleAsync(TestProcess.Name, "in", "one", CancellationToken.None);
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref _running) == 1));

        Assert.Equal(OrchestrationAnswer.Accepted, await client.TerminateAsync("one", "enough", CancellationToken.None));

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await client.EndAsync("one")).RuntimeStatus);
        _gate.SetResult();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Activity_RunsForLongerThanItMay_FailsAndIsTriedAgain(bool blocks)
    {
        var clock = new ManualClock();
        var runs = 0;
        using var blocked = new ManualResetEventSlim();
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = (context, _) => context.CallActivityAsync<string>("Work", "", new RetryPolicy(2, TimeSpan.FromSeconds(1), 1)),
                Activities =
                {
                    ["Work"] = async input =>
                    {
                        if (Interlocked.Increment(ref runs) > 1)
                            return "second";
                        if (blocks)
                            blocked.Wait();
                        await _gate.Task;
                        return input;
                    },
                },
            },
            new MemoryStore(),
            new RuntimeOptions { MaxConcurrentActivities = 1, ActivityTimeout = TimeSpan.FromSeconds(5) },
            clock);
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref runs) == 1));
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(program.Client.Get("one")!.End is not null);
        });

        Assert.Equal("\"second\"", (await program.Client.EndAsync("one")).Output);
        var attempt = Assert.Single(program.History().OfType<AttemptFailed>());
        Assert.Contains("CallCenter:ActivityTimeoutSeconds", attempt.Error.Message, StringComparison.Ordinal);
        blocked.Set();
        _gate.SetResult();
    }

    [Fact]
    public async Task Health_AllPlacesTakenForAMinute_SaysSoUntilOneIsFree()
    {
        var clock = new ManualClock();
        await using var program = new EmbeddedProgram(
            new TestProcess { Orchestration = (context, _) => context.CallActivityAsync<string>("Work", ""), Activities = { ["Work"] = WorkAsync } },
            new MemoryStore(),
            new RuntimeOptions { MaxConcurrentActivities = 2 },
            clock);
        clock.Advance(TimeSpan.FromHours(1));
        foreach (var id in new[] { "one", "two", "three" })
            await program.ScheduleAsync(id);
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref _running) == 2));
        Assert.Equal("ok", program.Runtime.Health);

        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("stalled", program.Runtime.Health);

        _gate.SetResult();
        await program.Client.EndAsync("three");
        Assert.Equal("ok", program.Runtime.Health);
    }

    private EmbeddedProgram Program(RuntimeOptions options, int sideBySide) => new(
        new TestProcess
        {
            Orchestration = async (context, _) =>
                $"{(await Task.WhenAll(Enumerable.Range(0, sideBySide).Select(_ => context.CallActivityAsync<string>("Work", "")))).Length}",
            Activities = { ["Work"] = WorkAsync },
        },
        new MemoryStore(),
        options);

    private async Task<string> WorkAsync(string input)
    {
        var running = Interlocked.Increment(ref _running);
        for (var most = Volatile.Read(ref _most); running > most; most = Volatile.Read(ref _most))
            Interlocked.CompareExchange(ref _most, running, most);
        await _gate.Task;
        Interlocked.Decrement(ref _running);
        return input;
    }
}
