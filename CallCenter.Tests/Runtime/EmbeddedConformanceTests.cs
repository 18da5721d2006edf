using CallCenter.Standalone.Runtime;
using CallCenter.Tests.Conformance;
using CallCenter.Workflow;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Runtime;

/// <summary>The embedded runtime, over a store in memory: what it is beyond that, the tests beside this one say.</summary>
public sealed class EmbeddedConformanceTests : RuntimeConformance
{
    protected override Task<IConformanceRuntime> StartAsync(TestProcess process) => Task.FromResult<IConformanceRuntime>(new EmbeddedProgram(process, new MemoryStore()));
}

/// <summary>A program with the embedded runtime in it, which can be killed and started anew.</summary>
internal sealed class EmbeddedProgram : IConformanceRuntime
{
    public EmbeddedProgram(TestProcess process, MemoryStore store, RuntimeOptions? options = null, TimeProvider? clock = null)
    {
        (Process, Store) = (process, store);
        var registry = new OrchestrationRegistry().AddOrchestration(TestProcess.Name, process.Orchestration);
        foreach (var (name, activity) in process.Activities)
            registry.AddActivity<string, string>(name, (input, _) => activity(input));
        Runtime = new EmbeddedRuntime(registry, store, options ?? new RuntimeOptions(), clock ?? TimeProvider.System, NullLogger.Instance);
        Client = new EmbeddedClient(Runtime);
    }

    public TestProcess Process { get; }

    public MemoryStore Store { get; }

    public EmbeddedRuntime Runtime { get; }

    public EmbeddedClient Client { get; }

    IOrchestrationClient IConformanceRuntime.Client => Client;

    /// <summary>Kills the program: only what is on disk is left, and a new one begins there.</summary>
    public EmbeddedProgram Restart(TestProcess? process = null, RuntimeOptions? options = null, TimeProvider? clock = null)
    {
        // The old one is not told: a killed program is not told either. It writes to a store that nobody reads any more.
        return new EmbeddedProgram(process ?? Process, Store.Crash(), options, clock);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Runtime.DisposeAsync();
    }
}
