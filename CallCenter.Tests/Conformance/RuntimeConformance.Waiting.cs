using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Conformance;

public abstract partial class RuntimeConformance
{
    [Fact]
    public virtual async Task CreateTimer_Passes_GoesOnOnItsOwnClock()
    {
        await using var runtime = await StartAsync(Echoing(async (context, _) =>
        {
            var before = context.CurrentUtcDateTime;
            await context.CreateTimerAsync(TimeSpan.FromMilliseconds(50));
            return context.CurrentUtcDateTime - before >= TimeSpan.FromMilliseconds(50) ? "passed" : "early";
        }));

        Assert.Equal("\"passed\"", (await runtime.Client.EndAsync(await Schedule(runtime))).Output);
    }

    [Fact]
    public virtual async Task CurrentUtcDateTime_AcrossReplays_StaysTheSame()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<DateTime>();
        await using var runtime = await StartAsync(Echoing(async (context, input) =>
        {
            seen.Add(context.CurrentUtcDateTime);
            await context.CallActivityAsync<string>("Echo", input);
            await context.CreateTimerAsync(TimeSpan.FromMilliseconds(20));
            return "";
        }));

        await runtime.Client.EndAsync(await Schedule(runtime));

        Assert.Single(seen.Distinct());
        Assert.All(seen, time => Assert.Equal(DateTimeKind.Utc, time.Kind));
    }

    [Fact]
    public virtual async Task WaitForExternalEvent_ArrivesWhileWaiting_GoesOnWithItsPayload()
    {
        await using var runtime = await StartAsync(Waiting());
        var id = await Schedule(runtime);
        await Begun(runtime, id);

        await runtime.Client.RaiseEventAsync(id!, "go", "payload", None);

        Assert.Equal("\"payload\"", (await runtime.Client.EndAsync(id)).Output);
    }

    [Fact]
    public virtual async Task WaitForExternalEvent_ArrivedBeforeTheWait_IsKeptInOrder()
    {
        await using var runtime = await StartAsync(Echoing(async (context, _) =>
        {
            await context.WaitForExternalEventAsync<string>("Gate", Long);
            return await context.WaitForExternalEventAsync<string>("Go", Long) + await context.WaitForExternalEventAsync<string>("Go", Long);
        }));
        var id = await Schedule(runtime);
        await Begun(runtime, id);

        foreach (var (name, payload) in new[] { ("Go", "first "), ("Go", "second"), ("Gate", "") })
            await runtime.Client.RaiseEventAsync(id!, name, payload, None);

        Assert.Equal("\"first second\"", (await runtime.Client.EndAsync(id)).Output);
    }

    [Fact]
    public virtual async Task WaitForExternalEvent_TimePasses_ThrowsTimeoutAndTheNextWaitGetsTheEvent()
    {
        await using var runtime = await StartAsync(Echoing(async (context, _) =>
        {
            try
            {
                return await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromMilliseconds(50));
            }
            catch (TimeoutException)
            {
                context.SetCustomStatus("late");
                return "late " + await context.WaitForExternalEventAsync<string>("Go", Long);
            }
        }));
        var id = await Schedule(runtime);
        await runtime.Client.ReachAsync(id, state => state.CustomStatus == "\"late\"");

        await runtime.Client.RaiseEventAsync(id!, "Go", "but here", None);

        Assert.Equal("\"late but here\"", (await runtime.Client.EndAsync(id)).Output);
    }

    [Theory]
    [InlineData("{\"resolved\":\"maybe\"}")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    public virtual async Task WaitForExternalEvent_WrongShape_ThrowsFormatExceptionAndUsesTheEventUp(string payload)
    {
        await using var runtime = await StartAsync(Echoing(async (context, _) =>
        {
            try
            {
                await context.WaitForExternalEventAsync<CaseWorked>("Go", Long);
                return "read it";
            }
            catch (FormatException)
            {
                return $"refused, then {(await context.WaitForExternalEventAsync<CaseWorked>("Go", Long)).Resolved}";
            }
        }));
        var id = await Schedule(runtime);
        await Begun(runtime, id);

        await runtime.Client.RaiseEventAsync(id!, "Go", System.Text.Json.JsonDocument.Parse(payload).RootElement, None);
        await runtime.Client.RaiseEventAsync(id!, "Go", new CaseWorked { Resolved = true }, None);

        Assert.Equal("\"refused, then True\"", (await runtime.Client.EndAsync(id)).Output);
    }

    [Fact]
    public virtual async Task WaitForCompletion_StillRunning_GivesTheStateAtTheTimeout()
    {
        await using var runtime = await StartAsync(Waiting());
        var id = await Schedule(runtime);

        var state = await runtime.Client.WaitForCompletionAsync(id!, TimeSpan.FromMilliseconds(50), None);

        Assert.False(state!.HasEnded);
        Assert.Null(await runtime.Client.WaitForCompletionAsync(NewId(), TimeSpan.FromMilliseconds(50), None));
    }
}
