using System.Diagnostics;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Telemetry;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Runtime;

namespace CallCenter.Tests.Telemetry;

/// <summary>The spans of an instance.</summary>
public sealed class RuntimeTracesTests : IDisposable
{
    private const string Start = "create_orchestration:TestOrchestration";
    private const string Whole = "orchestration:TestOrchestration";
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly RuntimeTelemetry _telemetry = new();
    private readonly ManualClock _clock = new();
    private readonly Activity _caller = new("caller") { TraceStateString = "vendor=1" };
    private readonly List<string?> _current = [];
    private int _calls;

    public RuntimeTracesTests() => _caller.SetIdFormat(ActivityIdFormat.W3C).Start();

    public void Dispose()
    {
        _caller.Stop();
        _telemetry.Dispose();
    }

    [Fact]
    public async Task Spans_OfAnInstance_HangBelowItsStart()
    {
        using var spans = new RecordedSpans(_telemetry);
        await using var program = Program();
        await program.ScheduleAsync();
        await DriveAsync(program);

        Assert.Equal(
            [Start, "activity:Work", "activity:Work", $"{Whole}:timer", "wait:Go", "orchestration_event:Go", Whole],
            spans.Names.Where(name => name != "wait:Never"));
        Assert.All(spans.All.Where(span => span.DisplayName != "orchestration_event:Go"), span => Assert.Equal(_caller.TraceId, span.TraceId));
        Assert.Equal(_caller.SpanId, spans[Start].ParentSpanId);
        Assert.Equal(spans[Start].SpanId, spans[Whole].ParentSpanId);
        Assert.Equal(ActivityKind.Server, spans[Whole].Kind);
        Assert.Equal("vendor=1", spans[Whole].TraceStateString);
        Assert.All(spans.All.Where(span => span.Kind == ActivityKind.Internal), span => Assert.Equal(spans[Whole].SpanId, span.ParentSpanId));
        Assert.All(spans.All, span => Assert.Equal("one", span.GetTagItem(SpanTags.InstanceId) ?? span.GetTagItem(SpanTags.EventTarget)));
        Assert.Equal(("Completed", "orchestration"), (spans[Whole].GetTagItem(MetricTags.Status), spans[Whole].GetTagItem(SpanTags.Type)));
    }

    [Fact]
    public async Task Spans_Attempts_AreOneEachAndCurrentInside()
    {
        using var spans = new RecordedSpans(_telemetry);
        await using var program = Program();
        await program.ScheduleAsync();
        await DriveAsync(program);

        Activity[] attempts = [.. spans.All.Where(span => span.DisplayName == "activity:Work")];

        Assert.Equal(_current, attempts.Select(span => span.Id));
        Assert.Equal([1, 2], attempts.Select(span => span.GetTagItem(SpanTags.Attempt)));
        Assert.Equal(["retry", "ok"], attempts.Select(span => span.GetTagItem(MetricTags.Outcome)));
        Assert.Equal((ActivityStatusCode.Error, "broken"), (attempts[0].Status, attempts[0].StatusDescription));
        Assert.Equal("System.IO.IOException", attempts[0].GetTagItem(MetricTags.ErrorType));
        Assert.Equal(ActivityStatusCode.Unset, attempts[1].Status);
        Assert.All(attempts, span => Assert.Equal(0, span.GetTagItem(SpanTags.TaskId)));
    }

    [Fact]
    public async Task Spans_TimersAndWaits_LastFromWhenTheyBegan()
    {
        using var spans = new RecordedSpans(_telemetry);
        await using var program = Program();
        await program.ScheduleAsync();
        var start = _clock.GetUtcNow().UtcDateTime;
        await DriveAsync(program);

        Assert.Equal(start.AddSeconds(2), spans[$"{Whole}:timer"].StartTimeUtc);
        Assert.Equal(start.AddSeconds(2).AddMinutes(2), spans["wait:Go"].StartTimeUtc);
        Assert.Equal("event", spans["wait:Go"].GetTagItem(MetricTags.Outcome));
        Assert.Equal("timeout", spans["wait:Never"].GetTagItem(MetricTags.Outcome));
        Assert.Equal(spans["orchestration_event:Go"].Context.SpanId, Assert.Single(spans["wait:Go"].Links).Context.SpanId);
        Assert.Equal(_caller.SpanId, spans["orchestration_event:Go"].ParentSpanId);
    }

    [Fact]
    public async Task Spans_AfterARestart_GoOnInTheSameTrace()
    {
        var start = _clock.GetUtcNow().UtcDateTime;
        using var spans = new RecordedSpans(_telemetry);
        var program = Program();
        await program.ScheduleAsync();
        await UntilItWaitsAsync(program);
        await using var again = program.Restart();
        var before = spans.All.Count;
        _caller.Stop();

        await again.Client.RaiseEventAsync("one", "Go", "now", None);
        await UntilItEndsAsync(again);

        Assert.Equal(["wait:Go", "orchestration_event:Go", "wait:Never", Whole], spans.Names.Skip(before));
        Assert.Equal(start, spans[Whole].StartTimeUtc);
        Assert.Equal((_caller.TraceId, spans[Start].SpanId), (spans[Whole].TraceId, spans[Whole].ParentSpanId));
        Assert.All(spans.All.Where(span => span.Kind == ActivityKind.Internal), span => Assert.Equal(spans[Whole].SpanId, span.ParentSpanId));
        Assert.NotEqual(_caller.TraceId, spans["orchestration_event:Go"].TraceId);
    }

    [Fact]
    public async Task Spans_AttemptThatIsTakenUpAgain_SaysSo()
    {
        var hangs = new TaskCompletionSource<string>();
        using var spans = new RecordedSpans(_telemetry);
        var program = new EmbeddedProgram(
            new TestProcess { Orchestration = (context, _) => context.CallActivityAsync<string>("Work", ""), Activities = { ["Work"] = _ => hangs.Task } },
            new MemoryStore(), Options());
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(program.Runtime.Activities.Running == 1));
        await using var again = program.Restart();
        await Eventually.TrueAsync(() => Task.FromResult(again.Runtime.Activities.Running == 1));
        hangs.SetResult("done");
        await again.Client.EndAsync("one");
        await Eventually.TrueAsync(() => Task.FromResult(spans.Names.Count(name => name == "activity:Work") == 2));

        Assert.Equal([null, true], spans.All.Where(span => span.DisplayName == "activity:Work").Select(span => span.GetTagItem(SpanTags.Retaken)).OrderBy(tag => tag is not null));
    }

    [Theory]
    [InlineData(ActivitySamplingResult.PropagationData)]
    [InlineData(ActivitySamplingResult.None)]
    public async Task Spans_StartThatIsNotRecorded_KeepsNothing(ActivitySamplingResult sampling)
    {
        using var spans = new RecordedSpans(_telemetry, sampling);
        await using var program = Program();
        await program.ScheduleAsync();
        await DriveAsync(program);

        Assert.Null(((ExecutionStarted)program.History()[0]).Trace);
        Assert.DoesNotContain(Whole, spans.Names);
        Assert.DoesNotContain("activity:Work", spans.Names);
    }

    [Fact]
    public async Task Spans_RewoundInstance_HasALifeOfItsOwnInTheTrace()
    {
        using var spans = new RecordedSpans(_telemetry);
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = (context, _) => context.CallActivityAsync<string>("Work", ""),
                Activities = { ["Work"] = _ => _calls++ == 0 ? throw new IOException("broken") : Task.FromResult("done") },
            },
            new MemoryStore(), Options(), _clock);
        await program.ScheduleAsync();
        await program.Client.EndAsync("one");
        _clock.Advance(TimeSpan.FromHours(1));
        await program.Client.RewindAsync("one", null, None);
        await program.Client.EndAsync("one");

        Activity[] lives = [.. spans.All.Where(span => span.DisplayName == Whole)];
        Activity[] attempts = [.. spans.All.Where(span => span.DisplayName == "activity:Work")];

        Assert.Equal(["Failed", "Completed"], lives.Select(span => span.GetTagItem(MetricTags.Status)));
        Assert.Equal(attempts.Select(span => span.ParentSpanId), lives.Select(span => span.SpanId));
        Assert.NotEqual(lives[0].SpanId, lives[1].SpanId);
        Assert.Equal(lives[0].TraceId, lives[1].TraceId);
        Assert.Equal(TimeSpan.FromHours(1), lives[1].StartTimeUtc - lives[0].StartTimeUtc);
        Assert.Equal(ActivityStatusCode.Error, lives[0].Status);
    }

    [Fact]
    public async Task Spans_RestartedInstance_IsInTheTraceOfWhoRestartedIt()
    {
        using var spans = new RecordedSpans(_telemetry);
        await using var program = Program();
        await program.ScheduleAsync();
        await program.Client.TerminateAsync("one", null, None);
        await program.Client.EndAsync("one");
        _caller.Stop();

        await program.Client.RestartAsync("one", withNewInstanceId: false, None);
        await program.Client.TerminateAsync("one", null, None);
        await program.Client.EndAsync("one");

        // An end is answered before its span is sent.
        await Eventually.TrueAsync(() => Task.FromResult(spans.All.Count(span => span.DisplayName == Whole) == 2));
        Activity[] lives = [.. spans.All.Where(span => span.DisplayName == Whole)];
        Assert.Equal(_caller.TraceId, lives[0].TraceId);
        Assert.NotEqual(_caller.TraceId, lives[1].TraceId);
    }

    private RuntimeOptions Options() => new() { Telemetry = _telemetry };

    private EmbeddedProgram Program() => new(
        new TestProcess
        {
            Orchestration = async (context, _) =>
            {
                await context.CallActivityAsync<string>("Work", "", new RetryPolicy(2, TimeSpan.FromSeconds(1), 1));
                await context.CreateTimerAsync(TimeSpan.FromMinutes(1));
                var answer = await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromDays(1));
                try
                {
                    return await context.WaitForExternalEventAsync<string>("Never", TimeSpan.FromMinutes(1));
                }
                catch (TimeoutException)
                {
                    return answer;
                }
            },
            Activities =
            {
                ["Work"] = _ =>
                {
                    _current.Add(Activity.Current?.Id);
                    return _calls++ == 0 ? throw new IOException("broken") : Task.FromResult("done");
                },
            },
        },
        new MemoryStore(), Options(), _clock);

    private async Task DriveAsync(EmbeddedProgram program)
    {
        await UntilItWaitsAsync(program);
        await program.Client.RaiseEventAsync("one", "Go", "now", None);
        await UntilItEndsAsync(program);
    }

    /// <summary>The retry comes after a second, the timer after a minute; the queue of timers sleeps a little longer.</summary>
    private async Task UntilItWaitsAsync(EmbeddedProgram program)
    {
        await ReachAsync(program, history => history[^1] is AttemptFailed);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await ReachAsync(program, history => history[^1] is TaskCompleted);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await ReachAsync(program, history => history[^1] is TimerFired);
    }

    private async Task UntilItEndsAsync(EmbeddedProgram program)
    {
        await ReachAsync(program, history => history[^1] is EventRaised);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await program.Client.EndAsync("one");
    }

    private static Task ReachAsync(EmbeddedProgram program, Func<List<HistoryEvent>, bool> reached) =>
        Eventually.TrueAsync(() => Task.FromResult(reached(program.History())));
}
