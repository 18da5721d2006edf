using CallCenter.Standalone.Runtime.History;
using CallCenter.Tests.Conformance;
using CallCenter.Workflow;

namespace CallCenter.Tests.Runtime;

/// <summary>What callers are told while the disk takes nothing, and what becomes of the instances.</summary>
public sealed class FailingDiskTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly IOException Full = new("disk full");

    private int _attempts;

    private readonly TestProcess _waiting = new()
    {
        Orchestration = async (context, _) => await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromHours(1)),
    };

    [Fact]
    public async Task Schedule_DiskFailsBeforeTheCommit_IsRefusedAndNeverRuns()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore());
        program.Store.Hold();
        var start = program.Client.ScheduleAsync(TestProcess.Name, "", "late", None);

        program.Store.Fail(Full);
        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => start);
        program.Store.Release();

        Assert.Null(await program.Client.GetAsync("late", None));
        Assert.Empty(program.Store.Crash().TakeUnfinished());
        Assert.Equal("late", await program.Client.ScheduleAsync(TestProcess.Name, "", "late", None));
    }

    [Fact]
    public async Task Schedule_DiskHasFailed_IsRefusedAtOnceWhileReadsGoOn()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore());
        var id = await program.Client.ScheduleAsync(TestProcess.Name, "", null, None);
        program.Store.Fail(Full);

        var error = await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.ScheduleAsync(TestProcess.Name, "", null, None));

        Assert.Contains("disk full", error.Message, StringComparison.Ordinal);
        Assert.True(error.RetryAfter > TimeSpan.Zero);
        Assert.Equal(id, (await program.Client.GetAsync(id!, None))!.InstanceId);
        Assert.Single((await program.Client.QueryAsync(new(), None)).Instances);
    }

    [Fact]
    public async Task RaiseEvent_DiskFails_IsRefusedAndTheInstanceGoesOnOnceItCanBeWritten()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore());
        var id = await program.Client.ScheduleAsync(TestProcess.Name, "", null, None);
        program.Store.Fail(Full);

        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.RaiseEventAsync(id!, "Go", "late", None));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await program.Client.GetAsync(id!, None))!.RuntimeStatus);
        program.Store.Release();

        Assert.Equal("\"late\"", (await program.Client.EndAsync(id)).Output);
    }

    [Fact]
    public async Task RestartInPlace_DiskFails_IsRefusedAndLosesNothing()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore());
        var id = await program.Client.ScheduleAsync(TestProcess.Name, "", "again", None);
        await program.Client.TerminateAsync(id!, "first", None);
        await program.Client.EndAsync(id);
        program.Store.Hold();
        var restart = program.Client.RestartAsync(id!, false, None);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await program.Client.GetAsync(id!, None))!.RuntimeStatus);
        program.Store.Fail(Full);
        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => restart);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await program.Client.GetAsync(id!, None))!.RuntimeStatus);
        program.Store.Release();

        await program.Client.ReachAsync(id, state => state.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        Assert.Single(program.Store.Crash().TakeUnfinished());
    }

    [Fact]
    public async Task Rewind_WhileTheDiskFails_IsRefusedAndBlocksNobody()
    {
        await using var program = Program();
        await program.ScheduleAsync();
        await program.Client.EndAsync("one");
        program.Store.Fail(Full);

        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.RewindAsync("one", null, None));
        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.RestartAsync("one", true, None));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await program.Client.GetAsync("one", None))!.RuntimeStatus);

        program.Store.Release();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await program.Client.ReachAsync("one", state => state.RuntimeStatus == OrchestrationRuntimeStatus.Completed)).RuntimeStatus);
    }

    [Fact]
    public async Task Reopen_OfAnInstanceThatIsGone_LeavesNothingBehind()
    {
        await using var program = Program();
        await program.ScheduleAsync();
        await program.Client.EndAsync("one");
        var (ended, number) = (program.Client.Get("one")!, program.Store.Find("one")!.Value.Number);
        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.PurgeAsync("one", None));

        await Assert.ThrowsAsync<InvalidOperationException>(() => program.Runtime.ReopenAsync(number, ended, HistoryReader.ReadAll(ended.History)));

        Assert.Null(program.Runtime.Find("one"));
        await program.ScheduleAsync();
        await program.Client.EndAsync("one");
    }

    /// <summary>Fails at the first attempt.</summary>
    private EmbeddedProgram Program() => new(
        new TestProcess
        {
            Orchestration = (context, _) => context.CallActivityAsync<string>("Work", ""),
            Activities = { ["Work"] = _ => Interlocked.Increment(ref _attempts) == 1 ? throw new InvalidOperationException("not yet") : Task.FromResult("") },
        },
        new MemoryStore());

    [Fact]
    public async Task Query_OneArchiveIsDamaged_ListsAllOthers()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore());
        foreach (var id in new[] { "a", "b", "c" })
        {
            await program.Client.ScheduleAsync(TestProcess.Name, "", id, None);
            await program.Client.TerminateAsync(id, null, None);
            await program.Client.EndAsync(id);
        }
        program.Store.Damaged = "b";

        var page = await program.Client.QueryAsync(new(), None);

        Assert.Equal(["c", "a"], page.Instances.Select(instance => instance.InstanceId));
    }
}
