using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.Telemetry;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Runtime;

namespace CallCenter.Tests.Telemetry;

/// <summary>What the runtime measures.</summary>
public sealed class RuntimeMetricsTests : IDisposable
{
    private const string Of = "durabletask_task_name=\"TestOrchestration\"";
    private const string OfHangs = "{durabletask_task_name=\"Hangs\"}";
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly RuntimeTelemetry _telemetry = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _telemetry.Dispose();

    [Fact]
    public async Task Metrics_Instances_AreCountedByHowTheyEnd()
    {
        using var readings = MetricsPage.Listen(_telemetry);
        await using var program = Program(Waits);
        foreach (var id in new[] { "ok-1", "ok-2", "fail", "late", "stop" })
            await program.ScheduleAsync(id, id);
        await program.Client.TerminateAsync("stop", null, None);
        _clock.Advance(TimeSpan.FromSeconds(2));
        foreach (var id in new[] { "ok-1", "ok-2", "fail" })
            await program.Client.RaiseEventAsync(id, "Go", id, None);
        foreach (var id in new[] { "ok-1", "ok-2", "fail", "stop" })
            await program.Client.EndAsync(id);

        var page = MetricsPage.Read(readings);

        Assert.Equal(5, page[$"callcenter_orchestrations_started_total{{{Of}}}"]);
        Assert.Equal(2, page[$"callcenter_orchestrations_ended_total{{{Of},durabletask_task_status=\"Completed\"}}"]);
        Assert.Equal(1, page[$"callcenter_orchestrations_ended_total{{{Of},durabletask_task_status=\"Failed\",error_type=\"System.InvalidOperationException\"}}"]);
        Assert.Equal(1, page[$"callcenter_orchestrations_ended_total{{{Of},durabletask_task_status=\"Terminated\"}}"]);
        Assert.Equal(4, page[$"callcenter_orchestration_duration_seconds_sum{{{Of},durabletask_task_status=\"Completed\"}}"]);
        Assert.Equal(0, page[$"callcenter_orchestration_duration_seconds_bucket{{{Of},durabletask_task_status=\"Completed\",le=\"1\"}}"]);
        Assert.Equal(2, page[$"callcenter_orchestration_duration_seconds_bucket{{{Of},durabletask_task_status=\"Completed\",le=\"2.5\"}}"]);
        Assert.Equal(1, page[$"callcenter_orchestrations_active{{{Of},state=\"running\"}}"]);
        Assert.Equal(1_000_000, page["callcenter_orchestrations_limit"]);
    }

    [Fact]
    public async Task Metrics_InstancesThatWait_TellHowManyAndHowLong()
    {
        using var readings = MetricsPage.Listen(_telemetry);
        await using var program = Program(Waits);
        await program.ScheduleAsync("one", "ok");
        _clock.Advance(TimeSpan.FromSeconds(90));
        await program.ScheduleAsync("two", "ok");
        await program.Client.SuspendAsync("two", null, None);

        var page = MetricsPage.Read(readings);

        Assert.Equal(2, page[$"callcenter_orchestrations_waiting{{{Of}}}"]);
        Assert.Equal(90, page[$"callcenter_orchestrations_oldest_waiting_seconds{{{Of}}}"]);
        Assert.Equal(1, page[$"callcenter_orchestrations_active{{{Of},state=\"running\"}}"]);
        Assert.Equal(1, page[$"callcenter_orchestrations_active{{{Of},state=\"suspended\"}}"]);

        await program.Client.TerminateAsync("one", null, None);
        await program.Client.TerminateAsync("two", null, None);
        page = MetricsPage.Read(readings);

        Assert.Equal(0, page[$"callcenter_orchestrations_waiting{{{Of}}}"]);
        Assert.Equal(0, page[$"callcenter_orchestrations_oldest_waiting_seconds{{{Of}}}"]);
    }

    [Fact]
    public async Task Metrics_Attempts_AreCountedByWhatBecameOfThem()
    {
        using var readings = MetricsPage.Listen(_telemetry);
        var calls = 0;
        var (begun, never) = (new TaskCompletionSource(), new TaskCompletionSource<string>());
        await using var program = Program(
            async (context, input) => await context.CallActivityAsync<string>(input, "", new RetryPolicy(2, TimeSpan.FromMilliseconds(1), 1)),
            ("Mends", _ => ++calls == 1 ? throw new IOException("broken") : Task.FromResult("done")),
            ("Fails", _ => throw new IOException("broken")),
            ("Hangs", HangAsync));
        foreach (var name in new[] { "Mends", "Fails", "Hangs" })
            await program.ScheduleAsync(name, name);
        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(program.Client.Get("Mends")!.End is not null && program.Client.Get("Fails")!.End is not null);
        });
        await begun.Task;

        var page = MetricsPage.Read(readings);
        Assert.Equal((1, 0), (page[$"callcenter_activities_running{OfHangs}"], page[$"callcenter_activities_waiting{OfHangs}"]));
        Assert.Equal(0, page["callcenter_activities_running{durabletask_task_name=\"Mends\"}"]);

        never.SetCanceled();
        await Eventually.TrueAsync(() => Task.FromResult(MetricsPage.Read(readings)[$"callcenter_activities_running{OfHangs}"] == 0));
        page = MetricsPage.Read(readings);

        Assert.Equal(1, page["callcenter_activity_duration_seconds_count{durabletask_task_name=\"Mends\",outcome=\"retry\"}"]);
        Assert.Equal(1, page["callcenter_activity_duration_seconds_count{durabletask_task_name=\"Mends\",outcome=\"ok\"}"]);
        Assert.Equal(1, page["callcenter_activity_duration_seconds_count{durabletask_task_name=\"Fails\",outcome=\"retry\"}"]);
        Assert.Equal(1, page["callcenter_activity_duration_seconds_count{durabletask_task_name=\"Fails\",outcome=\"failed\"}"]);
        Assert.Equal(2, page["callcenter_activity_queue_time_seconds_count{durabletask_task_name=\"Mends\"}"]);
        Assert.Equal((64, 20_000), (page["callcenter_activities_limit"], page["callcenter_activities_pending_limit"]));

        Task<string> HangAsync(string input)
        {
            begun.SetResult();
            return never.Task;
        }
    }

    [Fact]
    public async Task Metrics_StartsThatAreRefused_AreCountedByReason()
    {
        using var readings = MetricsPage.Listen(_telemetry);
        await using var program = Program(Waits, new RuntimeOptions { MaxUnfinished = 1 });
        await program.ScheduleAsync();
        await RefusedAsync(program);
        program.Store.Fail(new IOException("full"));
        await RefusedAsync(program);
        program.Store.Release();
        await using var small = Program(Waits, new RuntimeOptions { MaxPending = 0 });
        await RefusedAsync(small);
        program.Runtime.BeginStop();
        await RefusedAsync(program);

        var page = MetricsPage.Read(readings);

        Assert.All(new[] { "disk", "overload", "stopping", "unfinished" }, reason => Assert.Equal(1, page[$"callcenter_starts_refused_total{{reason=\"{reason}\"}}"]));

        static Task RefusedAsync(EmbeddedProgram program) => Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.ScheduleAsync("another"));
    }

    [Fact]
    public async Task Metrics_DiskThatTakesNothing_IsTold()
    {
        using var readings = MetricsPage.Listen(_telemetry);
        await using var program = Program(Waits);
        Assert.Equal(1, MetricsPage.Read(readings)["callcenter_journal_writable"]);

        program.Store.Fail(new IOException("full"));
        Assert.Equal(0, MetricsPage.Read(readings)["callcenter_journal_writable"]);

        program.Store.Release();
    }

    [Fact]
    public async Task Metrics_AfterARestart_TellWhatWasTakenUpAgain()
    {
        var hangs = new TaskCompletionSource<string>();
        var program = new EmbeddedProgram(
            new TestProcess { Orchestration = (context, _) => context.CallActivityAsync<string>("Work", ""), Activities = { ["Work"] = _ => hangs.Task } }, new MemoryStore());
        await program.ScheduleAsync();
        using var readings = MetricsPage.Listen(_telemetry);

        await using var again = program.Restart(options: new RuntimeOptions { Telemetry = _telemetry });
        var page = MetricsPage.Read(readings);
        hangs.SetResult("done");
        await again.Client.EndAsync("one");

        Assert.Equal(1, page["callcenter_activities_retaken_total{durabletask_task_name=\"Work\"}"]);
        // It was started by the program before.
        Assert.DoesNotContain(page.Samples.Keys, sample => sample.StartsWith("callcenter_orchestrations_started", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_TwoRuntimesInOneProcess_DoNotMix()
    {
        using var readings = MetricsPage.Listen(_telemetry);
        await using var program = Program(Waits);
        await using var other = new EmbeddedProgram(new TestProcess { Orchestration = Waits }, new MemoryStore());
        using var ofTheOther = MetricsPage.Listen(other.Runtime.Telemetry);
        await program.ScheduleAsync("one", "ok");
        await other.ScheduleAsync("one", "ok");
        await other.ScheduleAsync("two", "ok");

        Assert.Equal(1, MetricsPage.Read(readings)[$"callcenter_orchestrations_started_total{{{Of}}}"]);
        Assert.Equal(2, MetricsPage.Read(ofTheOther)[$"callcenter_orchestrations_started_total{{{Of}}}"]);
        Assert.Equal(1, MetricsPage.Read(readings)[$"callcenter_orchestrations_active{{{Of},state=\"running\"}}"]);
        Assert.Equal(2, MetricsPage.Read(ofTheOther)[$"callcenter_orchestrations_active{{{Of},state=\"running\"}}"]);
    }

    private EmbeddedProgram Program(Func<IOrchestrationContext, string, Task<string>> code, params (string Name, Func<string, Task<string>> Run)[] activities) =>
        Program(code, new RuntimeOptions(), activities);

    private EmbeddedProgram Program(
        Func<IOrchestrationContext, string, Task<string>> code, RuntimeOptions options, params (string Name, Func<string, Task<string>> Run)[] activities)
    {
        var process = new TestProcess { Orchestration = code };
        foreach (var (name, run) in activities)
            process.Activities.Add(name, run);
        return new EmbeddedProgram(process, new MemoryStore(), options with { Telemetry = _telemetry }, _clock);
    }

    private static async Task<string> Waits(IOrchestrationContext context, string input)
    {
        context.SetCustomStatus(new Waiting(context.CurrentUtcDateTime));
        var answer = await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromDays(1));
        return answer.StartsWith("fail", StringComparison.Ordinal) ? throw new InvalidOperationException("no") : answer;
    }

    private sealed record Waiting(DateTime Since) : IWaiting
    {
        public string? WaitingFor => "Go";

        public DateTime? Deadline => null;

        public DateTime? WaitingSince => Since;
    }
}
