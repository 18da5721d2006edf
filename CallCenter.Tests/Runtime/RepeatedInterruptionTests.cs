using System.Buffers.Binary;
using System.Collections.Concurrent;
using CallCenter.Standalone.Runtime;
using CallCenter.Standalone.Runtime.History;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;
using CallCenter.Workflow;

namespace CallCenter.Tests.Runtime;

/// <summary>Promise 11: what brings the program down again and again is failed with a reason, and nobody else is harmed.</summary>
public sealed class RepeatedInterruptionTests
{
    private const int Lives = 6;

    private readonly ConcurrentDictionary<string, int> _begun = new();
    private readonly TaskCompletionSource<string> _forever = new();
    private readonly TaskCompletionSource<string> _bystander = new();

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
        Assert.Equal(typeof(RepeatedlyInterruptedException).FullName, end.Failure!.Type);
        Assert.Contains("ended 6 times in a row while the activity 'Work'", end.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(Lives, _begun["culprit"]);

        // Once mended, it goes on.
        _forever.SetResult("mended");
        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.RewindAsync("culprit", null, CancellationToken.None));
        var mended = await program.Client.ReachAsync("culprit", state => state.RuntimeStatus == OrchestrationRuntimeStatus.Completed);
        Assert.Equal("\"mended\"", mended.Output);
    }

    [Fact]
    public async Task Activity_RanBesideTheCulprit_IsNotHarmed()
    {
        var program = Program();
        await program.ScheduleAsync("bystander", "bystander");
        await program.ScheduleAsync("culprit", "culprit");
        for (var life = 1; life <= Lives; life++)
        {
            var before = Begun("bystander");
            await Eventually.TrueAsync(() => Task.FromResult(
                Begun("culprit") == life ? life > 3 || Begun("bystander") == life : life > 3 && Begun("bystander") > before && program.Runtime.Suspects.Pending == 2));
            // The culprit ends the program as soon as it is begun; the bystander needs longer than that, and gets it once they run one by one.
            if (Begun("culprit") < life)
            {
                _bystander.SetResult("unharmed");
                await BegunAsync("culprit", life);
            }
            program = program.Restart();
        }

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await program.Client.EndAsync("culprit")).RuntimeStatus);
        _bystander.TrySetResult("unharmed");
        Assert.Equal("\"unharmed\"", (await program.Client.EndAsync("bystander")).Output);
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

        program = program.Restart(options: options with { MaxRecoveries = 5 });

        Assert.Equal("\"quick\"", (await program.Client.EndAsync("second")).Output);
    }

    [Fact]
    public async Task Activity_CutOffByOrderlyEnds_IsNotToBlame()
    {
        using var folder = new TemporaryFolder();
        var program = Program(new RuntimeOptions { RecoveryMark = Path.Combine(folder.Path, "recovering"), ShutdownTimeout = TimeSpan.FromMilliseconds(1) });
        await program.ScheduleAsync("slow", "culprit");
        for (var life = 1; life <= 2 * Lives; life++)
        {
            await BegunAsync("culprit", life);
            await program.Runtime.StopAsync();
            program = program.Restart();
        }
        _forever.SetResult("done");

        Assert.Equal("\"done\"", (await program.Client.EndAsync("slow")).Output);
        Assert.DoesNotContain(program.History("slow"), item => item is TaskRetaken);
    }

    [Fact]
    public async Task Instance_ThatMerelyWaits_SurvivesAnyNumberOfRestarts()
    {
        var program = new EmbeddedProgram(new TestProcess { Orchestration = (context, _) => context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromDays(1)) }, new MemoryStore());
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
    public async Task Replay_EndedTheProgramBefore_IsGivenUpAfterFiveTimes(long times, OrchestrationRuntimeStatus expected)
    {
        using var folder = new TemporaryFolder();
        var options = new RuntimeOptions { RecoveryMark = Path.Combine(folder.Path, "recovering") };
        var program = Program(options);
        await program.ScheduleAsync("other", "culprit");
        await program.ScheduleAsync("culprit", "culprit");
        var mark = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(mark, program.Store.Find("culprit")!.Value.Number);
        BinaryPrimitives.WriteInt64LittleEndian(mark.AsSpan(8), times);
        await File.WriteAllBytesAsync(options.RecoveryMark, mark);

        program = program.Restart();

        var state = await program.Client.ReachAsync("culprit", state => state.RuntimeStatus == expected);
        Assert.Equal(expected == OrchestrationRuntimeStatus.Failed ? typeof(RepeatedlyInterruptedException).FullName : null, state.Failure?.Type);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await program.Client.GetAsync("other", CancellationToken.None))!.RuntimeStatus);
        Assert.False(File.Exists(options.RecoveryMark));
    }

    private EmbeddedProgram Program(RuntimeOptions? options = null) => new(
        new TestProcess
        {
            Orchestration = (context, input) => context.CallActivityAsync<string>("Work", input),
            Activities = { ["Work"] = input => { _begun.AddOrUpdate(input, 1, (_, count) => count + 1); return input switch { "culprit" => _forever.Task, "bystander" => _bystander.Task, _ => Task.FromResult(input) }; } },
        },
        new MemoryStore(),
        options);

    private int Begun(string input) => _begun.GetValueOrDefault(input);

    private Task BegunAsync(string input, int times) => Eventually.TrueAsync(() => Task.FromResult(Begun(input) >= times));
}
