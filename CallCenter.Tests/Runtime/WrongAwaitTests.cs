using CallCenter.Durable.Seams;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>An orchestration that awaits what is not from its context fails, and says why: it must not stay Running for ever.</summary>
public sealed class WrongAwaitTests
{
    private readonly TaskCompletionSource _foreign = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TheoryData<string> Awaits => ["delay", "run", "yield", "foreign thread", "never", "end elsewhere", "beside a timer", "call from elsewhere"];

    [Theory]
    [MemberData(nameof(Awaits))]
    public async Task Orchestration_AwaitsSomethingForeign_FailsAndSaysWhy(string what)
    {
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = async (context, _) =>
                {
                    // Here and not below: a task around it might have ended by the time it is looked at.
                    if (what == "yield")
                        await Task.Yield();
                    else
                        await StrayAsync(context, what);
                    return await context.CallActivityAsync<string>("Echo", "");
                },
                Activities = { ["Echo"] = Task.FromResult },
            },
            new MemoryStore());
        await program.ScheduleAsync();
        _foreign.SetResult();

        var end = await program.Client.EndAsync("one");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("not from its context", end.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ConfigureAwaitFalse_OnTasksOfTheContext_IsHarmless(bool restarted)
    {
        var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = async (context, _) =>
                {
                    var text = await context.CallActivityAsync<string>("Echo", "a").ConfigureAwait(false);
                    await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromHours(1)).ConfigureAwait(false);
                    return text + await context.CallActivityAsync<string>("Echo", "b").ConfigureAwait(false);
                },
                Activities = { ["Echo"] = Task.FromResult },
            },
            new MemoryStore());
        await program.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(program.History().Count == 2));

        await using var again = restarted ? program.Restart() : program;
        await again.Client.RaiseEventAsync("one", "Go", "", CancellationToken.None);

        Assert.Equal("\"ab\"", (await again.Client.EndAsync("one")).Output);
    }

    /// <summary>What it awaits is never there at once: that would be no different from a value, and is harmless.</summary>
    private async Task StrayAsync(IOrchestrationContext context, string what)
    {
        switch (what)
        {
            case "delay":
                await Task.Delay(TimeSpan.FromHours(1));
                break;
            case "run":
                await Task.Run(() => _foreign.Task);
                break;
            case "foreign thread":
                await Task.Factory.StartNew(_foreign.Task.Wait, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
                break;
            case "never":
                await new TaskCompletionSource().Task;
                break;
            case "end elsewhere":
                // The open timer keeps it from being found out before.
                _ = context.CreateTimerAsync(TimeSpan.FromHours(1));
                await _foreign.Task;
                throw new InvalidOperationException("ended elsewhere");
            case "beside a timer":
                await Task.WhenAny(context.CreateTimerAsync(TimeSpan.FromHours(1)), _foreign.Task);
                break;
            default:
                await Task.Run(async () =>
                {
                    await _foreign.Task;
                    await context.CreateTimerAsync(TimeSpan.Zero);
                });
                break;
        }
    }
}
