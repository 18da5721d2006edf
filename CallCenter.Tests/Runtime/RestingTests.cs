using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>An instance that has nothing to do but wait leaves the memory, and comes back when something happens to it or somebody looks.</summary>
public sealed class RestingTests : RestingTestBase
{
    [Fact]
    public async Task Instance_OnlyWaits_LeavesTheMemoryAndComesBackForAnEvent()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync();
        await RestsAsync(program);

        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.RaiseEventAsync("one", "Go", "now", None));

        Assert.Equal("\"now\"", (await program.Client.EndAsync("one")).Output);
        Assert.Equal([typeof(ExecutionStarted), typeof(EventRaised), typeof(ExecutionCompleted), typeof(CustomStatusKept)], program.History().Select(item => item.GetType()));
    }

    [Fact]
    public async Task Instance_SomebodyLooks_IsShownAsItWas()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync(input: "hello");
        await RestsAsync(program);
        var changes = program.Store.Changes;

        for (var look = 0; look < 3; look++)
        {
            var state = await program.Client.GetAsync("one", None);
            Assert.Equal((OrchestrationRuntimeStatus.Running, "\"hello\"", "\"waits\""), (state!.RuntimeStatus, state.Input, state.CustomStatus));
            await RestsAsync(program);
        }

        // It is known already what it rests with.
        Assert.Equal(changes, program.Store.Changes);
        Assert.Equal(1L, (await program.Client.QueryAsync(new OrchestrationQuery(), None)).Counts![OrchestrationRuntimeStatus.Running]);
    }

    [Fact]
    public async Task Suspended_Rests_AndGoesOnWhenItIsResumed()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync();
        await program.Client.SuspendAsync("one", "later", None);
        await RestsAsync(program);

        var suspended = await program.Client.QueryAsync(new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Suspended] }, None);
        Assert.Equal(("one", 1L), (Assert.Single(suspended.Instances).InstanceId, suspended.Total));
        await RestsAsync(program);
        await program.Client.RaiseEventAsync("one", "Go", "now", None);
        await program.Client.ResumeAsync("one", null, None);

        Assert.Equal("\"now\"", (await program.Client.EndAsync("one")).Output);
    }

    [Fact]
    public async Task Query_StatusThatOthersHave_ReadsNoneOfThem()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync("one");
        await program.ScheduleAsync("two");
        await RestsAsync(program, "one", "two");
        Replays = 0;

        foreach (var order in Enum.GetValues<OrchestrationOrder>())
            Assert.Empty((await program.Client.QueryAsync(new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Suspended], Order = order }, None)).Instances);

        Assert.Equal(0, Replays);
    }

    [Fact]
    public async Task WaitForCompletion_OfOneThatRests_SeesItsEnd()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync();
        await RestsAsync(program);

        var end = program.Client.WaitForCompletionAsync("one", Hour, None);
        await Pool.DrainAsync();
        Assert.NotNull(InMemory(program));
        await program.Client.RaiseEventAsync("one", "Go", "now", None);

        Assert.Equal("\"now\"", (await end)!.Output);
    }

    [Fact]
    public async Task WaitForCompletion_GivenUp_LetsItRest()
    {
        await using var program = Program(WaitAsync);
        await program.ScheduleAsync();

        Assert.False((await program.Client.WaitForCompletionAsync("one", TimeSpan.Zero, None))!.HasEnded);

        await RestsAsync(program);
    }

    [Fact]
    public async Task MaxIdle_IsReached_TheLatestStay()
    {
        await using var program = Program(WaitAsync, new RuntimeOptions { MaxIdle = 2 });
        foreach (var id in new[] { "first", "second", "third" })
        {
            await program.ScheduleAsync(id);
            await Eventually.TrueAsync(async () => (await program.Client.GetAsync(id, None))!.CustomStatus is not null);
        }

        await RestsAsync(program, "first");
        Assert.NotNull(InMemory(program, "second"));
        Assert.NotNull(InMemory(program, "third"));
    }

    [Fact]
    public async Task Events_WhileItComesAndGoes_AreAllTaken()
    {
        const int Count = 200;
        await using var program = Program(async (context, _) =>
        {
            var sum = 0;
            for (var i = 0; i < Count; i++)
                sum += await context.WaitForExternalEventAsync<int>("Go", Hour);
            return $"{sum}";
        });
        await program.ScheduleAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, Count).Select(async i =>
        {
            await Task.Yield();
            _ = await program.Client.GetAsync("one", None);
            return await program.Client.RaiseEventAsync("one", "Go", i, None);
        }));

        Assert.All(answers, answer => Assert.Equal(OrchestrationAnswer.Accepted, answer));
        Assert.Equal($"\"{Count * (Count + 1) / 2}\"", (await program.Client.EndAsync("one")).Output);
    }
}
