using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.Storage;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>Those that rest are found at the next start, and none of them is run before something happens to it.</summary>
public sealed class RestingRestartTests : RestingTestBase
{
    [Fact]
    public async Task Restart_WithThoseThatRest_RunsNoneOfThemUntilItsTimeComes()
    {
        var program = Program(WaitAsync);
        await program.ScheduleAsync("one");
        await program.ScheduleAsync("two");
        await program.Client.SuspendAsync("two", null, None);
        await RestsAsync(program, "one", "two");
        Replays = 0;
        // Nobody waits for the notes to be flushed.
        program.Store.Release();

        program = program.Restart();
        await using var again = program;
        await Pool.DrainAsync();

        Assert.Equal((0, 2), (Replays, program.Runtime.Recovered));
        var page = await program.Client.QueryAsync(new OrchestrationQuery { Top = 1 }, None);
        Assert.Equal((1L, 1L), (page.Counts![OrchestrationRuntimeStatus.Running], page.Counts[OrchestrationRuntimeStatus.Suspended]));
        await program.Client.RaiseEventAsync("one", "Go", "now", None);
        Assert.Equal("\"now\"", (await program.Client.EndAsync("one")).Output);
        Clock.Advance(25 * Hour);
        await program.Client.ResumeAsync("two", null, None);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await program.Client.EndAsync("two")).RuntimeStatus);
    }

    [Fact]
    public async Task Restart_WhileItsTimeIsToCome_GoesOnWhenItComes()
    {
        var program = Program(async (context, _) =>
        {
            await context.CreateTimerAsync(Hour);
            return $"{context.CurrentUtcDateTime:HH:mm}";
        });
        await program.ScheduleAsync();
        await RestsAsync(program);
        program.Store.Release();

        await using var again = program.Restart();
        await Pool.DrainAsync();
        Assert.Null(InMemory(again));
        Clock.Advance(Hour + TimeSpan.FromSeconds(1));

        await EndsByItselfAsync(again);
        Assert.Equal("\"13:00\"", (await again.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Restart_SomethingHappenedBeforeItRestedAgain_RunsItNoMore()
    {
        var program = Program(WaitAsync);
        await program.ScheduleAsync();
        await RestsAsync(program);
        await program.Client.RaiseEventAsync("one", "Other", "kept", None);
        await RestsAsync(program);
        Replays = 0;
        program.Store.Release();

        await using var again = program.Restart();

        Assert.Equal((0, 1), (Replays, again.Runtime.Resting.Count));
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
            Replays = 0;

            Assert.Equal(ErrorDetails.NameOf(typeof(RepeatedlyInterruptedException)), (await again.Client.EndAsync("one")).Failure?.Type);
            Assert.Equal(0, Replays);
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
        Clock.Advance(25 * Hour);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await program.Client.EndAsync("two")).RuntimeStatus);
    }
}
