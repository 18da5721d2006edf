using System.Text;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;

namespace CallCenter.Runtime;

/// <summary>The orchestrations and activities that a runtime can run, by name.</summary>
public sealed class OrchestrationRegistry : IWorkflowRegistry
{
    private readonly Dictionary<string, Orchestration> _orchestrations = [];
    private readonly Dictionary<string, Activity> _activities = [];
    private readonly List<(byte[] Name, byte[] Member)> _keys = [];

    internal delegate Task<byte[]> Orchestration(IOrchestrationContext context, ReadOnlyMemory<byte> input);

    internal delegate Task<byte[]> Activity(ReadOnlyMemory<byte> input, CancellationToken cancellation);

    /// <summary>How payloads are written and read.</summary>
    internal RuntimeJson Json { get; } = new();

    /// <summary>Adds generated code for the payloads of a workflow; reflection serves those that none knows, but not in a trimmed program.</summary>
    public void AddJson(IJsonTypeInfoResolver json) => Json.Add(json);

    /// <summary>Adds an orchestration. Its code is replayed: see <see cref="IOrchestrationContext"/> for what it may do.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void AddOrchestration<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run) =>
        _orchestrations.Add(name, (context, input) => OutputAsync(() => run(context, Json.Read<TInput>(input)!)).Unwrap());

    /// <summary>Adds an activity. It runs at least once; its recorded result is recorded once.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void AddActivity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> run) =>
        _activities.Add(name, async (input, cancellation) => Json.Write(await run(Json.Read<TInput>(input)!, cancellation)));

    /// <summary>Says which member of an orchestration's input holds the key that its instances are found by, beside their ids.</summary>
    public void AddKey(string name, string member) => _keys.Add((Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(member)));

    /// <summary>The key of an instance, from the payload that it begins with; null when it has none.</summary>
    internal string? KeyOf(ReadOnlySpan<byte> payload)
    {
        var name = HistoryReader.NameOf(payload, out var input);
        foreach (var (known, member) in _keys)
        {
            if (name.SequenceEqual(known))
                return RuntimeJson.TextOf(input, member);
        }
        return null;
    }

    /// <summary>The output of a run, once it is there; a failure stays as it is, see <see cref="Execution.OrchestrationRun"/>.</summary>
    private async Task<Task<byte[]>> OutputAsync<T>(Func<Task<T>> begin)
    {
        // An input that cannot be read, and code that is no async method, fail here.
        var run = begin();
        await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (run.IsCompletedSuccessfully)
            return Task.FromResult(Json.Write(run.Result));
        return Task.FromException<byte[]>(run.Exception?.InnerException ?? new TaskCanceledException(run));
    }

    internal Orchestration? FindOrchestration(string name) => _orchestrations.GetValueOrDefault(name);

    /// <summary>By name.</summary>
    internal IReadOnlyDictionary<string, Activity> Activities => _activities;
}
