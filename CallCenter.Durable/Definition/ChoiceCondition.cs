using System.Text.Json.Serialization;

namespace CallCenter.Durable.Definition;

/// <summary>
/// A choice's condition, with the comparisons of Amazon States Language: one comparison of a value in the payload, or
/// <see cref="And"/>, <see cref="Or"/> or <see cref="Not"/> over others.
/// </summary>
/// <param name="Variable">Where the value is, as a path from the payload's root (<c>$.Status</c>).</param>
/// <param name="NumericEquals">The number that it equals.</param>
public sealed record ChoiceCondition(
    [property: JsonPropertyName("variable")] string? Variable = null,
    [property: JsonPropertyName("numericEquals")] double? NumericEquals = null)
{
    /// <summary>The number that it is less than.</summary>
    [JsonPropertyName("numericLessThan")]
    public double? NumericLessThan { get; init; }

    /// <summary>The number that it is at most.</summary>
    [JsonPropertyName("numericLessThanEquals")]
    public double? NumericLessThanEquals { get; init; }

    /// <summary>The number that it is greater than.</summary>
    [JsonPropertyName("numericGreaterThan")]
    public double? NumericGreaterThan { get; init; }

    /// <summary>The number that it is at least.</summary>
    [JsonPropertyName("numericGreaterThanEquals")]
    public double? NumericGreaterThanEquals { get; init; }

    /// <summary>The text that it is.</summary>
    [JsonPropertyName("stringEquals")]
    public string? StringEquals { get; init; }

    /// <summary>The pattern that it fits; <c>*</c> stands for any characters.</summary>
    [JsonPropertyName("stringMatches")]
    public string? StringMatches { get; init; }

    /// <summary>Whether it is true or false.</summary>
    [JsonPropertyName("booleanEquals")]
    public bool? BooleanEquals { get; init; }

    /// <summary>Whether there is such a value.</summary>
    [JsonPropertyName("isPresent")]
    public bool? IsPresent { get; init; }

    /// <summary>Whether it is null.</summary>
    [JsonPropertyName("isNull")]
    public bool? IsNull { get; init; }

    /// <summary>All of these hold.</summary>
    [JsonPropertyName("and")]
    public IReadOnlyList<ChoiceCondition>? And { get; init; }

    /// <summary>One of these holds.</summary>
    [JsonPropertyName("or")]
    public IReadOnlyList<ChoiceCondition>? Or { get; init; }

    /// <summary>This does not hold.</summary>
    [JsonPropertyName("not")]
    public ChoiceCondition? Not { get; init; }

    /// <summary>The conditions that this one is made of.</summary>
    internal IEnumerable<ChoiceCondition> Parts => [.. And ?? [], .. Or ?? [], .. Not is null ? Array.Empty<ChoiceCondition>() : [Not]];

    /// <summary>How many comparisons of a value it makes itself; exactly one, or none when it is made of others.</summary>
    internal int Comparisons => new object?[]
    {
        NumericEquals, NumericLessThan, NumericLessThanEquals, NumericGreaterThan, NumericGreaterThanEquals,
        StringEquals, StringMatches, BooleanEquals, IsPresent, IsNull,
    }.Count(value => value is not null);

    /// <summary>How many of And, Or and Not it has.</summary>
    internal int Connectives => new object?[] { And, Or, Not }.Count(value => value is not null);
}
