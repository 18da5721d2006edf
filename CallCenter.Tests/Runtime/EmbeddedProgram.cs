using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Runtime;

/// <summary>A program with the embedded runtime in it, which can be killed and started anew.</summary>
internal sealed class EmbeddedProgram : IConformanceRuntime
{
    private readonly RuntimeOptions _options;
    private readonly TimeProvider _clock;

    public EmbeddedProgram(TestProcess process, MemoryStore store, RuntimeOptions? options = null, TimeProvider? clock = null)
    {
        (Process, Store, _options, _clock) = (process, store, options ?? new RuntimeOptions(), clock ?? TimeProvider.System);
        var registry = new OrchestrationRegistry();
        registry.AddOrchestration(TestProcess.Name, process.Orchestration);
        foreach (var (name, activity) in process.Activities)
            registry.AddActivity<string, string>(name, (input, _) => activity(input));
        Runtime = new EmbeddedRuntime(registry, store, _options, _clock, NullLogger.Instance);
        Client = new EmbeddedClient(Runtime);
    }

    public TestProcess Process { get; }

    public MemoryStore Store { get; }

    public EmbeddedRuntime Runtime { get; }

    public EmbeddedClient Client { get; }

    IOrchestrationClient IConformanceRuntime.Client => Client;

    /// <summary>Kills the program: only what is on disk is left, and a new one begins there.</summary>
    public EmbeddedProgram Restart(TestProcess? process = null, RuntimeOptions? options = null)
    {
        Kill();
        return new EmbeddedProgram(process ?? Process, Store.Crash(), options ?? _options, _clock);
    }

    /// <summary>Ends the program without telling it: what is under way writes to a store that nobody reads any more.</summary>
    public void Kill()
    {
        Store.Hold();
        Runtime.Timers.Dispose();
        _ = Runtime.Activities.StopAsync();
        Runtime.Recorder.Dispose();
    }

    /// <summary>Starts an instance.</summary>
    public async Task<string> ScheduleAsync(string id = "one", string input = "in") =>
        await Client.ScheduleAsync(TestProcess.Name, input, id, CancellationToken.None) ?? throw new InvalidOperationException($"'{id}' exists.");

    /// <summary>The history that may be shown of an instance.</summary>
    public List<HistoryEvent> History(string id = "one") => HistoryReader.ReadAll(Client.Get(id)!.History);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Runtime.DisposeAsync();
    }
}
