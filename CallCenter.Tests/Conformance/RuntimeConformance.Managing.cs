using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Conformance;

public abstract partial class RuntimeConformance
{
    [Fact]
    public virtual async Task Everything_UnknownId_IsNotFound()
    {
        await using var runtime = await StartAsync(Waiting());
        var (client, id) = (runtime.Client, NewId());

        Assert.Null(await client.GetAsync(id, None));
        Assert.Equal(OrchestrationAnswer.NotFound, await client.RaiseEventAsync(id, "Go", "", None));
        Assert.Equal(OrchestrationAnswer.NotFound, await client.TerminateAsync(id, null, None));
        Assert.Equal(OrchestrationAnswer.NotFound, await client.SuspendAsync(id, null, None));
        Assert.Equal(OrchestrationAnswer.NotFound, await client.ResumeAsync(id, null, None));
        Assert.Equal(OrchestrationAnswer.NotFound, await client.RewindAsync(id, null, None));
        Assert.Equal(OrchestrationAnswer.NotFound, (await client.RestartAsync(id, true, None)).Answer);
        Assert.Equal(OrchestrationAnswer.NotFound, await client.PurgeAsync(id, None));
    }

    [Fact]
    public virtual async Task Terminate_Running_EndsWithTheReasonAndTakesNothingMore()
    {
        await using var runtime = await StartAsync(Waiting());
        var (client, id) = (runtime.Client, await Schedule(runtime));
        await Begun(runtime, id);

        Assert.Equal(OrchestrationAnswer.Accepted, await client.TerminateAsync(id!, "enough", None));
        var state = await client.EndAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, state.RuntimeStatus);
        Assert.Contains("enough", state.Output, StringComparison.Ordinal);
        Assert.Equal(OrchestrationAnswer.Ended, await client.TerminateAsync(id!, "again", None));
        Assert.Equal(OrchestrationAnswer.Ended, await client.RaiseEventAsync(id!, "Go", "", None));
        Assert.Equal(OrchestrationAnswer.Ended, await client.SuspendAsync(id!, null, None));
        Assert.Equal(OrchestrationAnswer.WrongState, await client.RewindAsync(id!, null, None));
    }

    [Fact]
    public virtual async Task Suspend_ThenEvent_IsKeptUntilResume()
    {
        await using var runtime = await StartAsync(Waiting());
        var (client, id) = (runtime.Client, await Schedule(runtime));
        await Begun(runtime, id);

        Assert.Equal(OrchestrationAnswer.Accepted, await client.SuspendAsync(id!, "lunch", None));
        await client.ReachAsync(id, state => state.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        Assert.Equal(OrchestrationAnswer.Accepted, await client.RaiseEventAsync(id!, "Go", "kept", None));
        var waited = await client.WaitForCompletionAsync(id!, TimeSpan.FromMilliseconds(100), None);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, waited!.RuntimeStatus);
        Assert.Equal(OrchestrationAnswer.Accepted, await client.ResumeAsync(id!, "back", None));

        Assert.Equal("\"kept\"", (await client.EndAsync(id)).Output);
    }

    [Fact]
    public virtual async Task Rewind_FailedActivity_RunsOnlyThatOneAgain()
    {
        var (first, second) = (0, 0);
        await using var runtime = await StartAsync(new TestProcess
        {
            Orchestration = async (context, _) => await context.CallActivityAsync<string>("First", "") + await context.CallActivityAsync<string>("Second", ""),
            Activities =
            {
                ["First"] = _ => Task.FromResult($"first{Interlocked.Increment(ref first)} "),
                ["Second"] = _ => Interlocked.Increment(ref second) == 1 ? throw new InvalidOperationException("down") : Task.FromResult($"second{second}"),
            },
        });
        var id = await Schedule(runtime);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await runtime.Client.EndAsync(id)).RuntimeStatus);

        Assert.Equal(OrchestrationAnswer.Accepted, await runtime.Client.RewindAsync(id!, "mended", None));
        await runtime.Client.ReachAsync(id, s => s.RuntimeStatus != OrchestrationRuntimeStatus.Failed);
        var state = await runtime.Client.EndAsync(id);

        Assert.Equal("\"first1 second2\"", state.Output);
        Assert.Equal(OrchestrationAnswer.WrongState, await runtime.Client.RewindAsync(id!, null, None));
    }

    [Fact]
    public virtual async Task Restart_WithNewId_StartsTheSameInputBesideTheOld()
    {
        await using var runtime = await StartAsync(Echoing((_, input) => Task.FromResult(input)));
        var id = await Schedule(runtime, "same");
        await runtime.Client.EndAsync(id);

        var (answer, started) = await runtime.Client.RestartAsync(id!, true, None);

        Assert.Equal(OrchestrationAnswer.Accepted, answer);
        Assert.NotEqual(id, started);
        Assert.Equal("\"same\"", (await runtime.Client.EndAsync(started)).Output);
        Assert.NotNull(await runtime.Client.GetAsync(id!, None));
    }

    [Fact]
    public virtual async Task Restart_WithTheSameId_ReplacesAnEndedInstanceOnly()
    {
        var runs = 0;
        await using var runtime = await StartAsync(Echoing(async (context, _) =>
        {
            await context.WaitForExternalEventAsync<string>("Go", Long);
            return await context.CallActivityAsync<string>("Echo", $"run {Interlocked.Increment(ref runs)}");
        }));
        var (client, id) = (runtime.Client, await Schedule(runtime));
        await Begun(runtime, id);

        Assert.Equal(OrchestrationAnswer.WrongState, (await client.RestartAsync(id!, false, None)).Answer);
        await client.TerminateAsync(id!, null, None);
        await client.EndAsync(id);
        Assert.Equal((OrchestrationAnswer.Accepted, id), await client.RestartAsync(id!, false, None));
        await Begun(runtime, id);
        await client.RaiseEventAsync(id!, "Go", "", None);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await client.EndAsync(id)).RuntimeStatus);
    }

    [Fact]
    public virtual async Task Purge_EndedOnly_RemovesTheInstanceAndFreesItsId()
    {
        await using var runtime = await StartAsync(Waiting());
        var (client, id) = (runtime.Client, await Schedule(runtime));
        await Begun(runtime, id);

        Assert.Equal(OrchestrationAnswer.WrongState, await client.PurgeAsync(id!, None));
        await client.TerminateAsync(id!, null, None);
        await client.EndAsync(id);
        Assert.Equal(OrchestrationAnswer.Accepted, await client.PurgeAsync(id!, None));

        Assert.Null(await client.GetAsync(id!, None));
        Assert.Equal(OrchestrationAnswer.NotFound, await client.PurgeAsync(id!, None));
        Assert.Equal(id, await Schedule(runtime, "again", id));
    }

    [Fact]
    public virtual async Task Query_PagesAndFilters_GiveEveryInstanceOnce()
    {
        await using var runtime = await StartAsync(Echoing((_, input) => input == "bad" ? throw new CaseEscalatedException() : Task.FromResult(input)));
        var (client, prefix) = (runtime.Client, NewId());
        for (var i = 0; i < 7; i++)
            await client.EndAsync(await Schedule(runtime, i == 3 ? "bad" : "good", $"{prefix}-{i}"));
        await client.EndAsync(await Schedule(runtime));

        var ids = new List<string>();
        var query = new OrchestrationQuery { InstanceIdPrefix = prefix, Top = 3 };
        do
        {
            var page = await client.QueryAsync(query, None);
            Assert.True(page.Instances.Count <= 3);
            ids.AddRange(page.Instances.Select(instance => instance.InstanceId));
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);
        var failed = await client.QueryAsync(new() { InstanceIdPrefix = prefix, Statuses = [OrchestrationRuntimeStatus.Failed] }, None);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"{prefix}-{i}"), ids.Order(StringComparer.Ordinal));
        Assert.Equal($"{prefix}-3", Assert.Single(failed.Instances).InstanceId);
    }
}
