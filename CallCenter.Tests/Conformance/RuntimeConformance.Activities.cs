using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Conformance;

public abstract partial class RuntimeConformance
{
    [Fact]
    public virtual async Task Schedule_NewInstance_CompletesWithItsOutput()
    {
        await using var runtime = await StartAsync(Echoing(async (context, input) => await context.CallActivityAsync<string>("Echo", input + "!")));

        var state = await runtime.Client.EndAsync(await Schedule(runtime, "hällo \"😀\" <b>"));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, state.RuntimeStatus);
        Assert.Equal("hällo \"😀\" <b>!", System.Text.Json.JsonSerializer.Deserialize<string>(state.Output!));
        Assert.Equal("hällo \"😀\" <b>", System.Text.Json.JsonSerializer.Deserialize<string>(state.Input!));
        Assert.Equal(TestProcess.Name, state.Name);
        Assert.True(state.LastUpdatedAt >= state.CreatedAt);
    }

    [Fact]
    public virtual async Task Schedule_ExistingId_StartsNothing()
    {
        await using var runtime = await StartAsync(Waiting());
        var id = await Schedule(runtime, "first", NewId());

        Assert.Null(await Schedule(runtime, "second", id));
        await Begun(runtime, id);
        await runtime.Client.RaiseEventAsync(id!, "Go", "end", None);
        await runtime.Client.EndAsync(id);
        Assert.Null(await Schedule(runtime, "third", id));

        Assert.Equal("\"first\"", (await runtime.Client.GetAsync(id!, None))!.Input);
    }

    [Fact]
    public virtual async Task CallActivity_SeveralInOrder_RunsEachOnceWhateverTheReplays()
    {
        var runs = 0;
        await using var runtime = await StartAsync(new TestProcess
        {
            Orchestration = async (context, input) =>
            {
                for (var i = 0; i < 5; i++)
                    input = await context.CallActivityAsync<string>("Count", input);
                return input;
            },
            Activities = { ["Count"] = input => Task.FromResult(input + Interlocked.Increment(ref runs)) },
        });

        var state = await runtime.Client.EndAsync(await Schedule(runtime, ""));

        Assert.Equal("\"12345\"", state.Output);
        Assert.Equal(5, runs);
    }

    [Fact]
    public virtual async Task CallActivity_SideBySide_GivesEachItsOwnResult()
    {
        await using var runtime = await StartAsync(Echoing(async (context, _) =>
        {
            var tasks = Enumerable.Range(0, 20).Select(i => context.CallActivityAsync<string>("Echo", $"{i},")).ToList();
            var text = "";
            foreach (var task in tasks)
                text += await task;
            return text;
        }));

        var state = await runtime.Client.EndAsync(await Schedule(runtime));

        Assert.Equal($"\"{string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},"))}\"", state.Output);
    }

    [Fact]
    public virtual async Task CallActivity_FailsWithinItsAttempts_IsTriedAgain()
    {
        var attempts = 0;
        await using var runtime = await StartAsync(new TestProcess
        {
            Orchestration = async (context, input) => await context.CallActivityAsync<string>("Flaky", input, new RetryPolicy(3, TimeSpan.FromMilliseconds(20), 1)),
            Activities = { ["Flaky"] = input => Interlocked.Increment(ref attempts) < 3 ? throw new InvalidOperationException("not yet") : Task.FromResult(input) },
        });

        var state = await runtime.Client.EndAsync(await Schedule(runtime));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, state.RuntimeStatus);
        Assert.Equal(3, attempts);
    }

    [Fact]
    public virtual async Task CallActivity_AttemptsUsedUp_ThrowsTheErrorAsData()
    {
        var attempts = 0;
        await using var runtime = await StartAsync(new TestProcess
        {
            Orchestration = async (context, input) =>
            {
                try
                {
                    return await context.CallActivityAsync<string>("Broken", input, new RetryPolicy(2, TimeSpan.FromMilliseconds(20), 1));
                }
                catch (ActivityFailedException failure)
                {
                    return $"{failure.ActivityName}|{failure.Error.Type}|{failure.Error.Message}";
                }
            },
            Activities =
            {
                ["Broken"] = _ =>
                {
                    Interlocked.Increment(ref attempts);
                    throw new InvalidOperationException("the line is dead");
                },
            },
        });

        var state = await runtime.Client.EndAsync(await Schedule(runtime));

        Assert.Equal("\"Broken|System.InvalidOperationException|the line is dead\"", state.Output);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public virtual async Task Orchestration_Throws_FailsWithTypeAndMessage()
    {
        await using var runtime = await StartAsync(Echoing(async (context, input) =>
        {
            await context.CallActivityAsync<string>("Echo", input);
            throw new InvalidOperationException("Engage Tier 2 Support.");
        }));

        var state = await runtime.Client.EndAsync(await Schedule(runtime));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, state.RuntimeStatus);
        Assert.Equal(new ErrorDetails("System.InvalidOperationException", "Engage Tier 2 Support."), state.Failure);
        Assert.Contains("Engage Tier 2 Support.", state.Output, StringComparison.Ordinal);
    }

    [Fact]
    public virtual async Task SetCustomStatus_ManyTimes_ShowsTheLastAndKeepsItAtTheEnd()
    {
        await using var runtime = await StartAsync(Echoing(async (context, _) =>
        {
            context.SetCustomStatus(new ErrorDetails("before", "😀"));
            await context.WaitForExternalEventAsync<string>("Go", Long);
            context.SetCustomStatus(new ErrorDetails("after", "Ü"));
            return "";
        }));
        var id = await Schedule(runtime);

        var before = await runtime.Client.ReachAsync(id, state => state.CustomStatus is not null);
        await runtime.Client.RaiseEventAsync(id!, "Go", "now", None);
        var after = await runtime.Client.EndAsync(id);

        Assert.Equal(new ErrorDetails("before", "😀"), System.Text.Json.JsonSerializer.Deserialize<ErrorDetails>(before.CustomStatus!));
        Assert.Equal(new ErrorDetails("after", "Ü"), System.Text.Json.JsonSerializer.Deserialize<ErrorDetails>(after.CustomStatus!));
    }

    [Fact]
    public virtual async Task SetCustomStatus_ThatCannotBeWritten_FailsTheOrchestration()
    {
        await using var runtime = await StartAsync(Echoing(async (context, _) =>
        {
            context.SetCustomStatus(new { Type = typeof(string) });
            return await context.WaitForExternalEventAsync<string>("Go", Long);
        }));

        var state = await runtime.Client.EndAsync(await Schedule(runtime));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, state.RuntimeStatus);
        Assert.Equal(typeof(NotSupportedException).FullName, state.Failure!.Type);
    }
}
