using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Conformance;

/// <summary>The code that a runtime under test is given: everything takes and gives a string, so that any runtime can register it.</summary>
public sealed class TestProcess
{
    /// <summary>The name of the orchestration.</summary>
    public const string Name = "TestOrchestration";

    public required Func<IOrchestrationContext, string, Task<string>> Orchestration { get; init; }

    public Dictionary<string, Func<string, Task<string>>> Activities { get; init; } = [];

    /// <summary>The same process with other code, as after a deployment.</summary>
    public TestProcess With(Func<IOrchestrationContext, string, Task<string>> orchestration) =>
        new() { Orchestration = orchestration, Activities = Activities };
}

/// <summary>A durable runtime under test, with one process registered.</summary>
public interface IConformanceRuntime : IAsyncDisposable
{
    IOrchestrationClient Client { get; }
}

/// <summary>Polls, with a deadline: runtimes are asynchronous, and tests do not sleep.</summary>
public static class Eventually
{
    /// <summary>Ample: a host may be slow, and a test that passes never waits as long.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task<OrchestrationState> EndAsync(this IOrchestrationClient client, string? id)
    {
        Assert.NotNull(id);
        var state = await client.WaitForCompletionAsync(id, Deadline, CancellationToken.None);
        Assert.NotNull(state);
        Assert.True(state.HasEnded, $"Instance {id} is still {state.RuntimeStatus}.");
        return state;
    }

    public static async Task<OrchestrationState> ReachAsync(this IOrchestrationClient client, string? id, Func<OrchestrationState, bool> condition)
    {
        Assert.NotNull(id);
        OrchestrationState? state = null;
        await TrueAsync(async () => (state = await client.GetAsync(id, CancellationToken.None)) is not null && condition(state), () => $"Last seen: {state}");
        return state!;
    }

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string>? otherwise = null)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        // Whoever was kept waiting itself, by tests that hold all of xunit's threads, looks once more before it gives up.
        for (var isLast = false; !await condition();)
        {
            Assert.False(isLast, otherwise?.Invoke() ?? "It did not come true in time.");
            isLast = deadline.IsCancellationRequested;
            await Task.Delay(10);
        }
    }
}
