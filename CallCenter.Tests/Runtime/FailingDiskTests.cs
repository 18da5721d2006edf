using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>What callers are told while the disk takes nothing, and what becomes of the instances.</summary>
public sealed class FailingDiskTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly IOException Full = new("No space left on device : '/srv/secret/journal'", 28);

    private int _attempts;

    private readonly TestProcess _waiting = new()
    {
        Orchestration = async (context, _) => await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromHours(1)),
    };

    [Fact]
    public async Task Schedule_DiskFailsBeforeTheCommit_IsAnsweredWhenItIsOnDisk()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore());
        program.Store.Hold();
        var start = program.Client.ScheduleAsync(TestProcess.Name, "", "late", None);

        program.Store.Fail(Full);
        await Pool.DrainAsync();
        Assert.False(start.IsCompleted);
        Assert.Null(await program.Client.GetAsync("late", None));
        Assert.Empty(program.Store.Crash().TakeUnfinished());
        program.Store.Release();

        Assert.Equal("late", await start);
        Assert.Single(program.Store.Crash().TakeUnfinished());
    }

    [Fact]
    public async Task Schedule_DiskHasFailed_IsRefusedAtOnceWhileReadsGoOn()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore());
        var id = await program.Client.ScheduleAsync(TestProcess.Name, "", null, None);
        program.Store.Fail(Full);

        var error = await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.ScheduleAsync(TestProcess.Name, "", null, None));

        Assert.Equal("The journal cannot be written: the disk is full.", error.Message);
        Assert.True(error.RetryAfter > TimeSpan.Zero);
        Assert.Equal(id, (await program.Client.GetAsync(id!, None))!.InstanceId);
        Assert.Single((await program.Client.QueryAsync(new(), None)).Instances);
    }

    [Theory]
    [InlineData("event")]
    [InlineData("terminate")]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("purge")]
    [InlineData("purge all")]
    [InlineData("restart")]
    public async Task Command_DiskHasFailed_IsRefusedAndNeverDone(string command)
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore());
        var id = (await program.Client.ScheduleAsync(TestProcess.Name, "", "ended", None))!;
        await program.Client.TerminateAsync(id, null, None);
        await program.Client.EndAsync(id);
        if (command is not ("purge" or "purge all" or "restart"))
            id = (await program.Client.ScheduleAsync(TestProcess.Name, "", "running", None))!;
        var changes = program.Store.Changes;
        program.Store.Fail(Full);

        for (var time = 0; time < 3; time++)
        {
            await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => command switch
            {
                "event" => program.Client.RaiseEventAsync(id, "Go", "late", None),
                "terminate" => program.Client.TerminateAsync(id, "late", None),
                "suspend" => program.Client.SuspendAsync(id, "late", None),
                "resume" => program.Client.ResumeAsync(id, "late", None),
                "purge" => program.Client.PurgeAsync(id, None),
                "purge all" => program.Client.PurgeAsync(new OrchestrationQuery(), None),
                _ => program.Client.RestartAsync(id, false, None),
            });
        }
        program.Store.Release();
        await Pool.DrainAsync();

        // Not even in memory: refusals cost nothing.
        Assert.Equal(changes, program.Store.Changes);
        Assert.Equal(id == "running" ? OrchestrationRuntimeStatus.Running : OrchestrationRuntimeStatus.Terminated, (await program.Client.GetAsync(id, None))!.RuntimeStatus);
    }

    [Fact]
    public async Task Purge_RoomGetsShort_IsDoneWhileAllElseIsRefused()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore());
        foreach (var id in new[] { "one", "two" })
        {
            await program.Client.ScheduleAsync(TestProcess.Name, "", id, None);
            await program.Client.TerminateAsync(id, null, None);
            await program.Client.EndAsync(id);
        }
        program.Store.Shortage = Full;

        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.RestartAsync("one", false, None));
        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.PurgeAsync("one", None));
        Assert.Equal(1, await program.Client.PurgeAsync(new OrchestrationQuery(), None));
    }

    [Fact]
    public async Task RaiseEvent_DiskFailsBeforeTheCommit_IsAnsweredWhenItIsOnDisk()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore());
        var id = await program.Client.ScheduleAsync(TestProcess.Name, "", null, None);
        program.Store.Hold();
        var raised = program.Client.RaiseEventAsync(id!, "Go", "late", None);

        program.Store.Fail(Full);
        await Pool.DrainAsync();
        Assert.False(raised.IsCompleted);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await program.Client.GetAsync(id!, None))!.RuntimeStatus);
        program.Store.Release();

        Assert.Equal(OrchestrationAnswer.Accepted, await raised);
        Assert.Equal("\"late\"", (await program.Client.EndAsync(id)).Output);
    }

    [Fact]
    public async Task RestartInPlace_DiskFailsBeforeTheCommit_ShowsTheEndedOneUntilItIsOnDisk()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore());
        var id = await program.Client.ScheduleAsync(TestProcess.Name, "", "again", None);
        await program.Client.TerminateAsync(id!, "first", None);
        await program.Client.EndAsync(id);
        program.Store.Hold();
        var restart = program.Client.RestartAsync(id!, false, None);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await program.Client.GetAsync(id!, None))!.RuntimeStatus);
        program.Store.Fail(Full);
        await Pool.DrainAsync();
        Assert.False(restart.IsCompleted);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await program.Client.GetAsync(id!, None))!.RuntimeStatus);
        program.Store.Release();
        Assert.Equal(OrchestrationAnswer.Accepted, (await restart).Answer);

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
        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.RewindAsync("one", null, None));
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

        Assert.Null(program.Runtime.Instances.Find("one"));
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
