using CallCenter.Durable.Seams;
using CallCenter.Runtime.Figures;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>What the runtime counts of the last hour.</summary>
public sealed class FiguresTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Figures_StartedAndEnded_AreCountedInTheirMinute()
    {
        await using var program = Program();
        await RunAsync(program, "ok-1", "ok-2", "fail-1");
        _clock.Advance(TimeSpan.FromMinutes(2));
        await RunAsync(program, "ok-3");
        await program.ScheduleAsync("wait-1", "wait-1");
        await program.Client.TerminateAsync("wait-1", null, None);
        await program.Client.EndAsync("wait-1");

        var minutes = program.Runtime.FiguresOf(TestProcess.Name).Minutes;

        Assert.Equal(60, minutes.Count);
        Assert.Equal((3L, 2L, 1L, 0L), Numbers(minutes[^3]));
        Assert.Equal((0L, 0L, 0L, 0L), Numbers(minutes[^2]));
        Assert.Equal((2L, 1L, 0L, 1L), Numbers(minutes[^1]));
        Assert.Equal(_clock.GetUtcNow().UtcDateTime, minutes[^1].At);
    }

    [Fact]
    public async Task Figures_AnHourLater_AreForgotten()
    {
        await using var program = Program();
        await RunAsync(program, "ok-1");
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(1, program.Runtime.FiguresOf(TestProcess.Name).Minutes[0].Started);

        for (var minute = 0; minute < 10; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            var figures = program.Runtime.FiguresOf(TestProcess.Name);
            Assert.Equal((0, 0), (figures.Minutes.Sum(one => one.Started), figures.States.Count));
        }
    }

    [Fact]
    public async Task Figures_AfterARestart_CountWhatWasBeforeFromTheIndex()
    {
        var program = Program();
        await RunAsync(program, "ok-1", "fail-1");
        await program.ScheduleAsync("wait-1", "wait-1");
        _clock.Advance(TimeSpan.FromMinutes(5));
        await using var again = program.Restart();
        await RunAsync(again, "ok-2");

        var figures = again.Runtime.FiguresOf(TestProcess.Name);

        Assert.Equal((3L, 1L, 1L, 0L), Numbers(figures.Minutes[^6]));
        Assert.Equal((1L, 1L, 0L, 0L), Numbers(figures.Minutes[^1]));
        Assert.Equal(_clock.GetUtcNow().UtcDateTime, figures.StatesSince);
        // What was replayed has been counted by the program before.
        Assert.Equal([("Ended", 1L)], figures.States.Select(state => (state.Name, state.Count)));
        Assert.Equal(1, figures.Waiting);
    }

    [Fact]
    public async Task Figures_Waiting_TellHowManyAndSinceWhen()
    {
        await using var program = Program();
        Assert.Equal((0L, null), (program.Runtime.FiguresOf(TestProcess.Name).Waiting, program.Runtime.FiguresOf(TestProcess.Name).OldestWaiting));
        var since = _clock.GetUtcNow().UtcDateTime;
        await program.ScheduleAsync("wait-1", "wait-1");
        _clock.Advance(TimeSpan.FromMinutes(3));
        await program.ScheduleAsync("wait-2", "wait-2");

        var figures = program.Runtime.FiguresOf(TestProcess.Name);
        var others = program.Runtime.FiguresOf("another");

        Assert.Equal((2L, since), (figures.Waiting, figures.OldestWaiting));
        Assert.Equal((0L, null), (others.Waiting, others.OldestWaiting));

        await program.Client.RaiseEventAsync("wait-1", "Go", "now", None);
        await program.Client.EndAsync("wait-1");
        var rest = program.Runtime.FiguresOf(TestProcess.Name);

        Assert.Equal((1L, since.AddMinutes(3)), (rest.Waiting, rest.OldestWaiting));
        Assert.Equal((1L, since.AddMinutes(3)), program.Runtime.Waiting.Oldest(null));
    }

    [Fact]
    public async Task Figures_AnsweredLate_TellHowLongTheStateTook()
    {
        await using var program = Program();
        await program.ScheduleAsync("wait-1", "wait-1");
        _clock.Advance(TimeSpan.FromSeconds(40));
        await program.Client.RaiseEventAsync("wait-1", "Go", "now", None);
        await program.Client.EndAsync("wait-1");

        var figures = program.Runtime.FiguresOf(TestProcess.Name);

        Assert.Equal([("Ended", 1L), ("Waits", 1L)], figures.States.Select(state => (state.Name, state.Count)));
        Assert.InRange(figures.States[1].P50.TotalSeconds, 36, 44);
        Assert.Equal(TimeSpan.Zero, figures.States[0].P95);
    }

    [Theory]
    [InlineData(0.4, 0)]
    [InlineData(1, 1)]
    [InlineData(17, 17)]
    [InlineData(250, 250)]
    [InlineData(3_600_000, 3_600_000)]
    [InlineData(2_592_000_000, 2_592_000_000)]
    public void Percentile_OfOne_IsItToWithinATenth(double milliseconds, double expected)
    {
        var durations = new Durations();

        durations.Add(TimeSpan.FromMilliseconds(milliseconds));

        Assert.InRange(durations.Percentile(0.5).TotalMilliseconds, expected * 0.9, expected * 1.1);
        Assert.Equal(durations.Percentile(0.5), durations.Percentile(0.95));
    }

    [Fact]
    public void Percentile_OfMany_IsTheirs()
    {
        var (durations, sum) = (new Durations(), new Durations());
        for (var i = 1; i <= 1000; i++)
            durations.Add(TimeSpan.FromMilliseconds(i));

        durations.AddTo(sum);

        Assert.Equal(1000, sum.Count);
        Assert.InRange(sum.Percentile(0.5).TotalMilliseconds, 450, 550);
        Assert.InRange(sum.Percentile(0.95).TotalMilliseconds, 855, 1045);
        Assert.Equal(TimeSpan.Zero, new Durations().Percentile(0.5));
        durations.Add(TimeSpan.FromDays(1000));
        durations.Add(TimeSpan.FromSeconds(-1));
    }

    private EmbeddedProgram Program() => new(
        new TestProcess
        {
            Orchestration = async (context, input) =>
            {
                var steps = new Steps();
                if (input.StartsWith("wait", StringComparison.Ordinal))
                {
                    steps.Begin("Waits", context.CurrentUtcDateTime, waitingFor: "Go");
                    context.SetCustomStatus(steps);
                    await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromDays(1));
                    steps.End(context.CurrentUtcDateTime);
                }
                steps.Begin("Ended", context.CurrentUtcDateTime);
                context.SetCustomStatus(steps);
                await context.CallActivityAsync<string>("Work", "");
                steps.End(context.CurrentUtcDateTime);
                context.SetCustomStatus(steps);
                return input.StartsWith("fail", StringComparison.Ordinal) ? throw new InvalidOperationException("no") : "done";
            },
            Activities = { ["Work"] = Task.FromResult },
        },
        new MemoryStore(),
        clock: _clock);

    private static async Task RunAsync(EmbeddedProgram program, params string[] ids)
    {
        foreach (var id in ids)
        {
            await program.ScheduleAsync(id, id);
            await program.Client.EndAsync(id);
        }
    }

    private static (long, long, long, long) Numbers(MinuteFigures minute) => (minute.Started, minute.Completed, minute.Failed, minute.Terminated);

    /// <summary>A custom status that tells of its steps.</summary>
    private sealed class Steps : IStepTimes, IWaiting
    {
        private readonly List<(string State, DateTime StartedAt, DateTime? EndedAt)> _steps = [];

        public int StepCount => _steps.Count;

        public string? WaitingFor { get; private set; }

        public DateTime? Deadline => null;

        public DateTime? WaitingSince => WaitingFor is null ? null : _steps[^1].StartedAt;

        public (string State, DateTime StartedAt, DateTime? EndedAt) StepAt(int index) => _steps[index];

        public void Begin(string state, DateTime now, string? waitingFor = null)
        {
            _steps.Add((state, now, null));
            WaitingFor = waitingFor;
        }

        public void End(DateTime now) => (_steps[^1], WaitingFor) = (_steps[^1] with { EndedAt = now }, null);
    }
}
