using System.Text.Json.Serialization;

namespace CallCenter.Durable.Definition;

/// <summary>The flow of the process as data: it draws the console's picture and is exported to other notations.</summary>
/// <param name="Name">The name of the orchestration.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="StartAt">The first state.</param>
/// <param name="States">The states, in the order in which they are drawn.</param>
/// <param name="Transitions">Every way from one state to another.</param>
public sealed record WorkflowDefinition(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("startAt")] string StartAt,
    [property: JsonPropertyName("states")] IReadOnlyList<WorkflowState> States,
    [property: JsonPropertyName("transitions")] IReadOnlyList<WorkflowTransition> Transitions);

/// <summary>What a state does, with the type names of Amazon States Language.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StateType>))]
public enum StateType
{
    /// <summary>Runs an activity.</summary>
    Task,

    /// <summary>Decides on the payload.</summary>
    Choice,

    /// <summary>Ends the process with an error.</summary>
    Fail,
}

/// <summary>One state.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it does.</param>
/// <param name="Activity">The activity that a task state runs.</param>
public sealed record WorkflowState(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("type")] StateType Type,
    [property: JsonPropertyName("activity")] string? Activity = null)
{
    /// <summary>The external event that the state may wait for instead of running its activity.</summary>
    [JsonPropertyName("waitsFor")]
    public string? WaitsFor { get; init; }

    /// <summary>True when the process ends here.</summary>
    [JsonPropertyName("end")]
    public bool End { get; init; }

    /// <summary>The error that a fail state ends with.</summary>
    [JsonPropertyName("error")]
    public string? Error { get; init; }

    /// <summary>The cause that a fail state ends with.</summary>
    [JsonPropertyName("cause")]
    public string? Cause { get; init; }
}

/// <summary>Why a transition is taken.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TransitionKind>))]
public enum TransitionKind
{
    /// <summary>The state before it has ended.</summary>
    [JsonStringEnumMemberName("next")]
    Next,

    /// <summary>A choice's condition holds.</summary>
    [JsonStringEnumMemberName("choice")]
    Choice,

    /// <summary>The state before it has failed for good.</summary>
    [JsonStringEnumMemberName("catch")]
    Catch,

    /// <summary>An option of the case's input asks for it.</summary>
    [JsonStringEnumMemberName("option")]
    Option,
}

/// <summary>One way from a state to another.</summary>
/// <param name="From">Where it leaves.</param>
/// <param name="To">Where it leads.</param>
/// <param name="Kind">Why it is taken.</param>
public sealed record WorkflowTransition(
    [property: JsonPropertyName("from")] string From,
    [property: JsonPropertyName("to")] string To,
    [property: JsonPropertyName("kind")] TransitionKind Kind)
{
    /// <summary>What the picture says beside it.</summary>
    [JsonPropertyName("label")]
    public string? Label { get; init; }

    /// <summary>The condition of a choice.</summary>
    [JsonPropertyName("condition")]
    public ChoiceCondition? Condition { get; init; }

    /// <summary>The error names, as in Amazon States Language, that a catch takes.</summary>
    [JsonPropertyName("errors")]
    public IReadOnlyList<string>? Errors { get; init; }
}

/// <summary>A choice's condition: a number in the payload equals another.</summary>
/// <param name="Variable">Where the number is, as a path from the payload's root (<c>$.Status</c>).</param>
/// <param name="NumericEquals">What it is compared with.</param>
public sealed record ChoiceCondition(
    [property: JsonPropertyName("variable")] string Variable,
    [property: JsonPropertyName("numericEquals")] int NumericEquals);
