using System.Text.Json;

namespace CallCenter.Durable.Events;

/// <summary>An external event that a workflow waits for.</summary>
/// <param name="Name">Its name, as it is raised: the same in every history.</param>
/// <param name="Path">The last part of the path that answers it: <c>POST /api/{collection}/{id}/{path}</c>.</param>
/// <param name="From">Who sends it, with an article ("an agent").</param>
/// <param name="Payload">The type of its payload.</param>
public abstract record EventDefinition(string Name, string Path, string From, Type Payload)
{
    /// <summary>The member of the payload that names who answered; null when none does.</summary>
    public string? By { get; init; }

    /// <summary>What is said of an instance that nobody answered in time.</summary>
    public string NoAnswer { get; init; } = "Nobody answered in time";

    /// <summary>
    /// Whether an instance with this input waits for it in the states that may; one that does not runs the state's activity. By default every
    /// instance waits.
    /// </summary>
    public Func<JsonElement, bool> IsAwaited { get; init; } = _ => true;

    /// <summary>The answer in what a worker of Step Functions sends as a task's output. By default the output is the answer.</summary>
    public Func<JsonElement, JsonElement> OfTaskOutput { get; init; } = output => output;

    /// <summary>The answer in the error and the cause of a worker that failed; null where there is none.</summary>
    public Func<string?, string?, JsonElement>? OfTaskFailure { get; init; }

    /// <summary>
    /// What was answered, in words, told from the payload of the workflow after the step that took the answer;
    /// null when nothing can be said.
    /// </summary>
    public Func<JsonElement, string?> Outcome { get; init; } = _ => null;
}

/// <summary>The same with the type of its payload.</summary>
/// <typeparam name="TAnswer">The payload.</typeparam>
/// <param name="name">Its name, as it is raised.</param>
/// <param name="path">The last part of the path that answers it.</param>
/// <param name="from">Who sends it, with an article.</param>
public sealed record EventDefinition<TAnswer>(string name, string path, string from) : EventDefinition(name, path, from, typeof(TAnswer))
    where TAnswer : class, IAnswer;
