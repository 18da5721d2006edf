using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable.Seams;

namespace CallCenter.Runtime;

/// <summary>The orchestrations and activities that a runtime can run, by name.</summary>
public sealed class OrchestrationRegistry : IWorkflowRegistry
{
    private readonly Dictionary<string, Orchestration> _orchestrations = [];
    private readonly Dictionary<string, Activity> _activities = [];
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    internal delegate Task<byte[]> Orchestration(IOrchestrationContext context, ReadOnlyMemory<byte> input);

    internal delegate Task<byte[]> Activity(ReadOnlyMemory<byte> input, CancellationToken cancellation);

    /// <inheritdoc/>
    void IWorkflowRegistry.AddOrchestration<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run) =>
        AddOrchestration(name, run);

    /// <inheritdoc/>
    void IWorkflowRegistry.AddActivity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> run) => AddActivity(name, run);

    /// <inheritdoc/>
    void IWorkflowRegistry.AddKey(string name, string member) => _keys[name] = member;

    /// <inheritdoc/>
    void IWorkflowRegistry.AddJson(IJsonTypeInfoResolver json) => AddJson(json);

    /// <summary>How payloads are written and read.</summary>
    internal RuntimeJson Json { get; } = new();

    /// <summary>Adds generated code for the payloads of a workflow; reflection serves those that none knows, but not in a trimmed program.</summary>
    public OrchestrationRegistry AddJson(IJsonTypeInfoResolver generated)
    {
        Json.Add(generated);
        return this;
    }

    /// <summary>Adds an orchestration. Its code is replayed: see <see cref="IOrchestrationContext"/> for what it may do.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public OrchestrationRegistry AddOrchestration<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run)
    {
        _orchestrations.Add(name, async (context, input) => Json.Write(await run(context, Json.Read<TInput>(input)!)));
        return this;
    }

    /// <summary>Adds an activity. It runs at least once; its recorded result is recorded once.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public OrchestrationRegistry AddActivity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> run)
    {
        _activities.Add(name, async (input, cancellation) => Json.Write(await run(Json.Read<TInput>(input)!, cancellation)));
        return this;
    }

    internal Orchestration? FindOrchestration(string name) => _orchestrations.GetValueOrDefault(name);

    internal Activity? FindActivity(string name) => _activities.GetValueOrDefault(name);
}
