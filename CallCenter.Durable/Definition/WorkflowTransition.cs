using System.Text.Json.Serialization;

namespace CallCenter.Durable.Definition;

/// <summary>Why a transition is taken.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TransitionKind>))]
public enum TransitionKind
{
    /// <summary>The state before it has ended.</summary>
    [JsonStringEnumMemberName("next")]
    Next,

    /// <summary>A choice's condition holds; the first that does, in the order of the transitions, is taken.</summary>
    [JsonStringEnumMemberName("choice")]
    Choice,

    /// <summary>None of a choice's conditions holds.</summary>
    [JsonStringEnumMemberName("default")]
    Default,

    /// <summary>The state before it has failed for good.</summary>
    [JsonStringEnumMemberName("catch")]
    Catch,

    /// <summary>An option of the input asks for it.</summary>
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
