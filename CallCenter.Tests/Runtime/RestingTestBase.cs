using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.Execution;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>What the tests of resting instances share: a clock moved by hand, programs whose instances rest at once, and how often an orchestration was run.</summary>
public abstract class RestingTestBase
{
    protected static readonly CancellationToken None = CancellationToken.None;
    protected static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private protected static readonly RuntimeOptions Nothing = new() { MaxIdle = 0 };

    private protected readonly ManualClock Clock = new();
    private protected int Replays;

    private protected EmbeddedProgram Program(Func<IOrchestrationContext, string, Task<string>> orchestration, RuntimeOptions? options = null) =>
        new(new TestProcess { Orchestration = orchestration }, new MemoryStore(), options ?? Nothing, Clock);

    protected async Task<string> WaitAsync(IOrchestrationContext context, string input)
    {
        Interlocked.Increment(ref Replays);
        context.SetCustomStatus("waits");
        return await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromDays(1));
    }

    private protected static Instance? InMemory(EmbeddedProgram program, string id = "one") =>
        program.Runtime.Instances.FindInMemory(program.Store.Find(id)!.Value.Number);

    /// <summary>Waits for an end without a look at the instance, which would bring it back.</summary>
    private protected static Task EndsByItselfAsync(EmbeddedProgram program) =>
        Eventually.TrueAsync(() => Task.FromResult(program.Store.Find("one")!.Value.Status != OrchestrationRuntimeStatus.Running));

    private protected static async Task RestsAsync(EmbeddedProgram program, params string[] ids)
    {
        foreach (var id in ids.DefaultIfEmpty("one"))
            await Eventually.TrueAsync(() => Task.FromResult(InMemory(program, id) is null));
    }
}
