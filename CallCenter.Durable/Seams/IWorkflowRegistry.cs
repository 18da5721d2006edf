using System.Text.Json.Serialization.Metadata;

namespace CallCenter.Durable.Seams;

/// <summary>What a workflow is told to: every durable runtime that finds code by name implements it.</summary>
public interface IWorkflowRegistry
{
    /// <summary>Adds an orchestration. Its code is replayed: see <see cref="IOrchestrationContext"/> for what it may do.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    void AddOrchestration<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run);

    /// <summary>Adds an activity. It runs at least once; its recorded result is recorded once.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    void AddActivity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> run);

    /// <summary>Says which member of an orchestration's input holds the key that people know its instances by. A runtime with an index finds them by it.</summary>
    /// <param name="name">The orchestration.</param>
    /// <param name="member">The member, a text.</param>
    void AddKey(string name, string member)
    {
        // A runtime without an index has no use for it.
    }

    /// <summary>Adds generated JSON code for the types of a workflow. Without it reflection does the same, slower.</summary>
    void AddJson(IJsonTypeInfoResolver json);
}
