using System.Text.Json.Serialization;
using CallCenter.Durable.Seams;

namespace CallCenter.Durable.Definition;

/// <summary>The flow of a workflow as data: it draws the console's picture and is exported to other notations.</summary>
public sealed class WorkflowDefinition
{
    /// <param name="name">The name of the orchestration.</param>
    /// <param name="description">What it does, in a sentence.</param>
    /// <param name="startAt">The first state.</param>
    /// <param name="states">The states, in the order in which they are drawn.</param>
    /// <param name="transitions">Every way from one state to another.</param>
    /// <exception cref="ArgumentException">This is no flow that can run; the message says what is wrong with it.</exception>
    public WorkflowDefinition(
        string name,
        string description,
        string startAt,
        IReadOnlyList<WorkflowState> states,
        IReadOnlyList<WorkflowTransition> transitions)
    {
        (Name, Description, StartAt, States, Transitions) = (name, description, startAt, states, transitions);
        DefinitionCheck.Check(this);
    }

    /// <summary>The name of the orchestration.</summary>
    [JsonPropertyName("name")]
    public string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    [JsonPropertyName("description")]
    public string Description { get; }

    /// <summary>The first state.</summary>
    [JsonPropertyName("startAt")]
    public string StartAt { get; }

    /// <summary>The states, in the order in which they are drawn.</summary>
    [JsonPropertyName("states")]
    public IReadOnlyList<WorkflowState> States { get; }

    /// <summary>Every way from one state to another.</summary>
    [JsonPropertyName("transitions")]
    public IReadOnlyList<WorkflowTransition> Transitions { get; }

    /// <summary>How its activities are tried again, as the exports show it; null: they are not.</summary>
    [JsonIgnore]
    public RetryOptions? Retry { get; init; }

    /// <summary>The flow alone, which is of the same make as that of a branch.</summary>
    internal WorkflowBranch Flow => new(StartAt, States, Transitions);
}

/// <summary>A flow within a state: a branch of a Parallel state, or what a Map state does with each item.</summary>
/// <param name="StartAt">The first state.</param>
/// <param name="States">The states, in the order in which they are drawn. Their names are unique in the whole definition.</param>
/// <param name="Transitions">Every way from one state to another; none leads out of the branch.</param>
public sealed record WorkflowBranch(
    [property: JsonPropertyName("startAt")] string StartAt,
    [property: JsonPropertyName("states")] IReadOnlyList<WorkflowState> States,
    [property: JsonPropertyName("transitions")] IReadOnlyList<WorkflowTransition> Transitions);
