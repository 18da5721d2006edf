using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>Promise 12: what callers can make the runtime hold has an end, and a refusal names the setting.</summary>
public sealed class InstanceBoundsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestProcess _waiting = new()
    {
        Orchestration = async (context, _) =>
        {
            var text = "";
            while (text.Length < 5)
                text += await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromHours(1));
            return text;
        },
    };

    [Fact]
    public async Task Schedule_BeyondMaxUnfinished_IsRefusedUntilOneHasEnded()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore(), new RuntimeOptions { MaxUnfinished = 2 });
        await program.ScheduleAsync("one");
        await program.ScheduleAsync("two");

        var refusal = await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.ScheduleAsync("three"));
        Assert.Contains("CallCenter:MaxUnfinished", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await program.Client.GetAsync("three", None));

        await program.Client.TerminateAsync("one", null, None);
        await program.Client.EndAsync("one");
        await program.ScheduleAsync("three");
        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.RestartAsync("one", false, None));
    }

    [Fact]
    public async Task Schedule_MaxUnfinishedReachedBeforeARestart_TakesUpAllAndRefusesMore()
    {
        var program = new EmbeddedProgram(_waiting, new MemoryStore());
        foreach (var id in new[] { "one", "two", "three" })
            await program.ScheduleAsync(id);

        await using var again = program.Restart(options: new RuntimeOptions { MaxUnfinished = 2 });

        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => again.ScheduleAsync("four"));
        foreach (var id in new[] { "one", "two", "three" })
            await again.Client.RaiseEventAsync(id, "Go", "12345", None);
        await again.Client.EndAsync("three");
    }

    [Fact]
    public async Task Schedule_UnderAnIdThatIsTaken_DoesNotUseUpMaxUnfinished()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore(), new RuntimeOptions { MaxUnfinished = 2 });
        await program.ScheduleAsync("one");
        for (var time = 0; time < 5; time++)
            Assert.Null(await program.Client.ScheduleAsync(TestProcess.Name, "", "one", None));

        await program.ScheduleAsync("two");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RaiseEvent_MoreThanAreKept_IsRefusedAndWhatIsAwaitedIsNot(bool restarted)
    {
        var options = new RuntimeOptions { MaxKeptEvents = 3 };
        var program = new EmbeddedProgram(_waiting, new MemoryStore(), options);
        await program.ScheduleAsync();
        for (var number = 1; number <= 3; number++)
            Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.RaiseEventAsync("one", "Other", number, None));
        await using var last = restarted ? program.Restart() : program;

        var refusal = await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => last.Client.RaiseEventAsync("one", "Other", 4, None));

        Assert.Contains("CallCenter:MaxKeptEvents", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(3, last.History().OfType<EventRaised>().Count());
        await last.Client.RaiseEventAsync("one", "Go", "12345", None);
        Assert.Equal("\"12345\"", (await last.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task RaiseEvent_Suspended_KeepsSoManyAndNoMore()
    {
        await using var program = new EmbeddedProgram(_waiting, new MemoryStore(), new RuntimeOptions { MaxKeptEvents = 2 });
        await program.ScheduleAsync();
        await program.Client.SuspendAsync("one", null, None);
        await program.Client.RaiseEventAsync("one", "Go", "12", None);
        await program.Client.RaiseEventAsync("one", "Go", "34", None);

        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.RaiseEventAsync("one", "Go", "x", None));

        await program.Client.ResumeAsync("one", null, None);
        await program.Client.RaiseEventAsync("one", "Go", "5", None);
        Assert.Equal("\"12345\"", (await program.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task History_AsLongAsItMayBe_FailsTheInstanceWithTheReason()
    {
        await using var program = new EmbeddedProgram(
            new TestProcess { Orchestration = (context, _) => WorkForeverAsync(context), Activities = { ["Work"] = Task.FromResult } },
            new MemoryStore(),
            new RuntimeOptions { MaxHistoryEvents = 50 });
        await program.ScheduleAsync();

        var end = await program.Client.EndAsync("one");

        Assert.Equal((OrchestrationRuntimeStatus.Failed, ErrorDetails.NameOf(typeof(HistoryTooLongException))), (end.RuntimeStatus, end.Failure!.Type));
        Assert.Contains("CallCenter:MaxHistoryEvents", end.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(50, program.History().TakeWhile(item => item is not ExecutionEnded).Count());
    }

    [Fact]
    public async Task History_AsManyBytesAsItMayHold_FailsTheInstanceWithTheReason()
    {
        var megabytes = new string('x', 8 << 20);
        await using var program = new EmbeddedProgram(
            new TestProcess { Orchestration = (context, _) => WorkForeverAsync(context), Activities = { ["Work"] = _ => Task.FromResult(megabytes) } },
            new MemoryStore());
        await program.ScheduleAsync();

        Assert.Equal(ErrorDetails.NameOf(typeof(HistoryTooLongException)), (await program.Client.EndAsync("one")).Failure!.Type);
    }

    private static async Task<string> WorkForeverAsync(IOrchestrationContext context)
    {
        while (true)
            await context.CallActivityAsync<string>("Work", "");
    }
}
