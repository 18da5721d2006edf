using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>Promises 1 and 2: nothing is answered, shown or acted upon before it is on disk.</summary>
public sealed class DurabilityTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Schedule_StartNotOnDisk_IsNeitherAnsweredNorShownNorBegun()
    {
        var runs = 0;
        await using var program = Program(_ => runs++);
        program.Store.Hold();

        var start = program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(program.Store.Changes == 1));
        await Pool.DrainAsync();

        Assert.False(start.IsCompleted);
        Assert.Null(await program.Client.GetAsync("one", None));
        Assert.Null(await program.Client.WaitForCompletionAsync("one", TimeSpan.FromSeconds(1), None));
        Assert.Equal(OrchestrationAnswer.NotFound, await program.Client.TerminateAsync("one", null, None));
        Assert.Empty((await program.Client.QueryAsync(new OrchestrationQuery(), None)).Instances);
        Assert.Null(await program.Client.ScheduleAsync(TestProcess.Name, "other", "one", None));
        Assert.Equal(0, runs);

        program.Store.Release();
        Assert.Equal("one", await start);
        await program.Client.EndAsync("one");
    }

    [Fact]
    public async Task CallActivity_ResultBeforeItNotOnDisk_DoesNotBegin()
    {
        var second = 0;
        await using var program = Program(store => store.Hold(), _ => second++);
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(program.Store.Changes == 2));
        await Pool.DrainAsync();

        Assert.Equal(0, second);
        Assert.Equal("\"first\"", (await program.Client.GetAsync("one", None))!.CustomStatus);
        Assert.DoesNotContain(program.History(), item => item is TaskCompleted);

        program.Store.Release();
        await program.Client.EndAsync("one");
        Assert.Equal(1, second);
    }

    [Fact]
    public async Task End_NotOnDisk_IsShownByNothing()
    {
        await using var program = Program(second: store => store.Hold());
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(program.Store.Changes == 3));
        await Pool.DrainAsync();

        var waited = await program.Client.WaitForCompletionAsync("one", TimeSpan.FromMilliseconds(1), None);
        var page = await program.Client.QueryAsync(new OrchestrationQuery(), None);
        var late = program.Client.RaiseEventAsync("one", "Go", "", None);
        await Pool.DrainAsync();

        Assert.Equal((OrchestrationRuntimeStatus.Running, null, "\"second\""), (waited!.RuntimeStatus, waited.Output, waited.CustomStatus));
        Assert.Equal(OrchestrationRuntimeStatus.Running, Assert.Single(page.Instances).RuntimeStatus);
        Assert.Equal(1, page.Counts![OrchestrationRuntimeStatus.Running]);
        Assert.False(late.IsCompleted);

        program.Store.Release();
        Assert.Equal("\"done\"", (await program.Client.EndAsync("one")).Output);
        Assert.Equal(OrchestrationAnswer.Ended, await late);
    }

    [Theory]
    [InlineData("event")]
    [InlineData("terminate")]
    [InlineData("suspend")]
    public async Task Change_NotOnDisk_IsNeitherAnsweredNorShown(string change)
    {
        await using var program = new EmbeddedProgram(new TestProcess { Orchestration = (context, _) => context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromHours(1)) }, new MemoryStore());
        await program.ScheduleAsync();
        program.Store.Hold();

        var answer = change switch
        {
            "event" => program.Client.RaiseEventAsync("one", "Go", "now", None),
            "terminate" => program.Client.TerminateAsync("one", "enough", None),
            _ => program.Client.SuspendAsync("one", "wait", None),
        };
        await Pool.DrainAsync();

        Assert.False(answer.IsCompleted);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await program.Client.GetAsync("one", None))!.RuntimeStatus);
        program.Store.Release();
        Assert.Equal(OrchestrationAnswer.Accepted, await answer);
    }

    [Fact]
    public async Task Restart_InPlaceOfAnEndedOneNotOnDisk_ShowsTheEndedOneUntilThen()
    {
        await using var program = Program();
        await program.ScheduleAsync();
        await program.Client.EndAsync("one");
        program.Store.Hold();

        var restart = program.Client.RestartAsync("one", withNewInstanceId: false, None);
        await Pool.DrainAsync();
        Assert.Equal("\"done\"", (await program.Client.GetAsync("one", None))!.Output);

        program.Store.Release();
        Assert.Equal(OrchestrationAnswer.Accepted, (await restart).Answer);
        Assert.Equal("\"done\"", (await program.Client.EndAsync("one")).Output);
    }

    private static EmbeddedProgram Program(Action<MemoryStore>? first = null, Action<MemoryStore>? second = null)
    {
        var store = new MemoryStore();
        var process = new TestProcess
        {
            Orchestration = async (context, _) =>
            {
                context.SetCustomStatus("first");
                await context.CallActivityAsync<string>("First", "");
                context.SetCustomStatus("second");
                await context.CallActivityAsync<string>("Second", "");
                context.SetCustomStatus("third");
                return "done";
            },
            Activities = { ["First"] = _ => Run(first), ["Second"] = _ => Run(second) },
        };
        return new EmbeddedProgram(process, store);

        Task<string> Run(Action<MemoryStore>? activity)
        {
            activity?.Invoke(store);
            return Task.FromResult("");
        }
    }
}
