using System.Text.Json.Serialization.Metadata;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Seams;

namespace CallCenter.Standalone.Hosting;

/// <summary>Takes down which activities workflows have.</summary>
internal sealed class ActivityNames : IWorkflowRegistry
{
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The names of all their activities.</summary>
    public static IReadOnlyCollection<string> Of(IEnumerable<ServedWorkflow> workflows)
    {
        var names = new ActivityNames();
        foreach (var served in workflows)
            served.Workflow.Register(names);
        return names._names;
    }

    public void AddOrchestration<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run)
    {
    }

    public void AddActivity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> run) => _names.Add(name);

    public void AddJson(IJsonTypeInfoResolver json)
    {
    }
}
