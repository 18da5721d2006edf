using System.Collections.Concurrent;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Runtime;

/// <summary>Promise 11: what brings the program down again and again is failed with a reason, and nobody else is harmed.</summary>
public sealed class RepeatedInterruptionTests : IDisposable
{
    private const int Lives = 6;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, int> _begun = new();
    private readonly TaskCompletionSource<string> _forever = new();
    private TaskCompletionSource _innocents = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Activity_EndsTheProgramEachTime_IsFailedAfterFiveRecoveries()
    {
        var program = Program();
        await program.ScheduleAsync("culprit", "culprit");
        for (var life = 1; life <= Lives; life++)
        {
            await BegunAsync("culprit", life);
            program = program.Restart();
        }

        var end = await program.Client.EndAsync("culprit");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(ErrorDetails.NameOf(typeof(RepeatedlyInterruptedException)), end.Failure!.Type);
        Assert.Contains("ended 6 times in a row while the activity 'Work'", end.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(Lives, _begun["culprit"]);

        // Once mended, it goes on.
        _forever.SetResult("mended");
        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.RewindAsync("culprit", null, CancellationToken.None));
        var mended = await program.Client.ReachAsync("culprit", state => state.RuntimeStatus == OrchestrationRuntimeStatus.Completed);
        Assert.Equal("\"mended\"", mended.Output);
    }

    [Fact]
    public async Task Activity_SixtyFourInnocentsBesideACulprit_AllEndAndOnlyTheCulpritIsFailed()
    {
        string[] innocents = [.. Enumerable.Range(1, 64).Select(number => $"innocent-{number}")];
        var program = Program(new RuntimeOptions { MaxConcurrentActivities = 100 });
        foreach (var id in innocents.Append("culprit"))
            await program.ScheduleAsync(id, id);
        await Eventually.TrueAsync(() => Task.FromResult(_begun.Values.Sum() == innocents.Length + 1));
        var lives = 1;
        for (; lives < 100; lives++)
        {
            var culprit = Begun("culprit");
            program = program.Restart();
            // Whoever runs beside the culprit is cut off with it. The others have their time, and end.
            await Eventually.TrueAsync(async () =>
            {
                await Pool.DrainAsync();
                if (Begun("culprit") > culprit || (await program.Client.GetAsync("culprit", CancellationToken.None))!.HasEnded)
                    return true;
                LetThemEnd();
                return false;
            });
            if (Begun("culprit") == culprit)
                break;
        }

        Assert.Equal(ErrorDetails.NameOf(typeof(RepeatedlyInterruptedException)), (await program.Client.EndAsync("culprit")).Failure!.Type);
        // One end before anything is recorded, one with all 65 under way, one for each halving: nobody waits in a line of 65.
        Assert.InRange(lives, Lives, 2 + 7);
        foreach (var id in innocents)
            Assert.Equal($"\"{id}\"", (await EndedAsync(program, id)).Output);
    }

    [Fact]
    public async Task Activity_HeldBecauseOthersDoNotEnd_BeginsWhenTheyHaveHadTheirTime()
    {
        var clock = new ManualClock();
        var program = Program(clock: clock);
        await program.ScheduleAsync("innocent-1", "innocent-1");
        await program.ScheduleAsync("innocent-2", "innocent-2");
        await BegunAsync("innocent-1", 1);
        await BegunAsync("innocent-2", 1);
        program = program.Restart();
        await BegunAsync("innocent-1", 2);
        await BegunAsync("innocent-2", 2);
        program = program.Restart();
        await Eventually.TrueAsync(() => Task.FromResult(_begun.Values.Sum() == 5));
        await Pool.DrainAsync();
        Assert.Equal(5, _begun.Values.Sum());

        clock.Advance(TimeSpan.FromSeconds(11));

        await Eventually.TrueAsync(() => Task.FromResult(_begun.Values.Sum() == 6));
        await EndedAsync(program, "innocent-1");
        await EndedAsync(program, "innocent-2");
    }

    [Fact]
    public async Task Activity_WaitedForItsTurnThroughManyRestarts_IsNotHarmed()
    {
        var options = new RuntimeOptions { MaxConcurrentActivities = 1, MaxRecoveries = 100 };
        var program = Program(options);
        await program.ScheduleAsync("first", "culprit");
        await BegunAsync("culprit", 1);
        await program.ScheduleAsync("second", "quick");
        for (var life = 2; life <= 10; life++)
        {
            program = program.Restart();
            await BegunAsync("culprit", life);
        }

        program = program.Restart(options: options with { MaxRecoveries = 5, FlightRecorder = Recorder });

        Assert.Equal("\"quick\"", (await program.Client.EndAsync("second")).Output);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await program.Client.EndAsync("first")).RuntimeStatus);
    }

    [Fact]
    public async Task Activity_CutOffByOrderlyEnds_IsNotToBlame()
    {
        var program = Program(new RuntimeOptions { ShutdownTimeout = TimeSpan.FromMilliseconds(1) });
        await program.ScheduleAsync("slow", "culprit");
        for (var life = 1; life <= 2 * Lives; life++)
        {
            await BegunAsync("culprit", life);
            await program.Runtime.StopAsync();
            program = program.Restart();
        }
        _forever.SetResult("done");

        Assert.Equal("\"done\"", (await program.Client.EndAsync("slow")).Output);
    }

    [Fact]
    public async Task Activity_KilledAfterItWasAskedToEnd_IsNotToBlame()
    {
        var program = Program();
        await program.ScheduleAsync("slow", "culprit");
        for (var life = 1; life <= 2 * Lives; life++)
        {
            await BegunAsync("culprit", life);
            // The supervisor's patience ends before the activity does.
            program.Runtime.BeginStop();
            program = program.Restart();
        }
        _forever.SetResult("done");

        Assert.Equal("\"done\"", (await program.Client.EndAsync("slow")).Output);
    }

    [Fact]
    public async Task Instance_ThatMerelyWaits_SurvivesAnyNumberOfRestarts()
    {
        var program = new EmbeddedProgram(
            new TestProcess { Orchestration = (context, _) => context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromDays(1)) },
            new MemoryStore(),
            new RuntimeOptions { FlightRecorder = Recorder });
        await program.ScheduleAsync();
        for (var life = 0; life < 50; life++)
            program = program.Restart();

        await program.Client.RaiseEventAsync("one", "Go", "still here", CancellationToken.None);

        Assert.Equal("\"still here\"", (await program.Client.EndAsync("one")).Output);
        Assert.Equal(3, program.History().Count);
    }

    [Theory]
    [InlineData(4, OrchestrationRuntimeStatus.Running)]
    [InlineData(5, OrchestrationRuntimeStatus.Failed)]
    public async Task Replay_EndedTheProgramBefore_IsGivenUpAfterFiveTimes(int times, OrchestrationRuntimeStatus expected)
    {
        var program = Program();
        await program.ScheduleAsync("other", "culprit");
        await program.ScheduleAsync("culprit", "culprit");
        var number = program.Store.Find("culprit")!.Value.Number;
        program.Kill();
        for (var time = 0; time < times; time++)
        {
            using var recorder = new FlightRecorder(Recorder);
            recorder.Enter(number, FlightRecorder.TakingUp);
        }

        program = program.Restart();

        var state = await program.Client.ReachAsync("culprit", state => state.RuntimeStatus == expected);
        Assert.Equal(expected == OrchestrationRuntimeStatus.Failed ? ErrorDetails.NameOf(typeof(RepeatedlyInterruptedException)) : null, state.Failure?.Type);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await program.Client.GetAsync("other", CancellationToken.None))!.RuntimeStatus);
    }

    [Fact]
    public async Task TakingUp_SeveralInstances_BeginsNoActivityBeforeAllAreTakenUp()
    {
        var (life, seen) = (1, -1);
        var begun = new int[3];
        var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = (context, input) =>
                {
                    // Time enough for an activity of the first to begin, were it let.
                    if (life == 2 && input == "second")
                    {
                        Pool.DrainAsync().GetAwaiter().GetResult();
                        seen = Volatile.Read(ref begun[2]);
                    }
                    return context.CallActivityAsync<string>("Work", input);
                },
                Activities =
                {
                    ["Work"] = _ =>
                    {
                        Interlocked.Increment(ref begun[life]);
                        return _forever.Task;
                    },
                },
            },
            new MemoryStore(),
            new RuntimeOptions { FlightRecorder = Recorder });
        await program.ScheduleAsync("first", "first");
        await program.ScheduleAsync("second", "second");
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref begun[1]) == 2));

        life = 2;
        program = program.Restart();

        Assert.Equal(0, seen);
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref begun[2]) == 2));
    }

    [Fact]
    public void TakingUp_AHistoryThatCannotBeRead_StopsTheStartAndBlamesNobody()
    {
        var store = new MemoryStore();
        store.TryStart("unreadable", DateTime.UtcNow, [0xFF]);
        for (var start = 1; start <= Lives; start++)
            Assert.Throws<InvalidDataException>(() => Program(store: store.Crash(1)));

        using var recorder = new FlightRecorder(Recorder);
        Assert.Empty(recorder.Suspects);
    }

    private string Recorder => Path.Combine(_folder.Path, "recovering");

    private EmbeddedProgram Program(RuntimeOptions? options = null, TimeProvider? clock = null, MemoryStore? store = null) => new(
        new TestProcess
        {
            Orchestration = (context, input) => context.CallActivityAsync<string>("Work", input),
            Activities = { ["Work"] = WorkAsync },
        },
        store ?? new MemoryStore(),
        (options ?? new RuntimeOptions()) with { FlightRecorder = Recorder },
        clock);

    private async Task<string> WorkAsync(string input)
    {
        _begun.AddOrUpdate(input, 1, (_, count) => count + 1);
        if (input == "culprit")
            return await _forever.Task;
        if (input != "quick")
            await _innocents.Task;
        return input;
    }

    /// <summary>Those innocents that are under way, not those that begin afterwards.</summary>
    private void LetThemEnd() => Interlocked.Exchange(ref _innocents, new()).TrySetResult();

    private async Task<OrchestrationState> EndedAsync(EmbeddedProgram program, string id) => await program.Client.ReachAsync(id, state =>
    {
        LetThemEnd();
        return state.HasEnded;
    });

    private int Begun(string input) => _begun.GetValueOrDefault(input);

    private Task BegunAsync(string input, int times) => Eventually.TrueAsync(() => Task.FromResult(Begun(input) >= times));
}
