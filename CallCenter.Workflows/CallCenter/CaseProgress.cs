using System.Text.Json.Serialization;
using CallCenter.Durable.Errors;

namespace CallCenter.Workflows.CallCenter;

/// <summary>The custom status of a case: where it stands and how it came there, the same JSON on every runtime.</summary>
public sealed record CaseProgress
{
    /// <summary>The state that the case is in; <c>Fail</c> when it has failed.</summary>
    [JsonPropertyName("state")]
    public required string State { get; init; }

    /// <summary>Which attempt at Work on Case this is; the first is 1.</summary>
    [JsonPropertyName("attempt")]
    public required int Attempt { get; init; }

    /// <summary>The external event that the case waits for.</summary>
    [JsonPropertyName("waitingFor")]
    public string? WaitingFor { get; init; }

    /// <summary>Until when it waits (UTC).</summary>
    [JsonPropertyName("deadline")]
    public DateTime? Deadline { get; init; }

    /// <summary>The payload of the last step that ended; null before the first.</summary>
    [JsonPropertyName("case")]
    public SupportCase? Case { get; init; }

    /// <summary>Why the case failed.</summary>
    [JsonPropertyName("error")]
    public ErrorDetails? Error { get; init; }

    /// <summary>The steps so far, in order; the last may still be open.</summary>
    [JsonPropertyName("steps")]
    public required IReadOnlyList<CaseStep> Steps { get; init; }

    /// <summary>How many steps were left out behind the first two, because a runtime's custom status has a limit.</summary>
    [JsonPropertyName("stepsOmitted"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? StepsOmitted { get; init; }
}

/// <summary>One step of a case. A step's input is the output of the step before it, so only what it added is kept.</summary>
public sealed record CaseStep
{
    /// <summary>The state's name.</summary>
    [JsonPropertyName("state")]
    public required string State { get; init; }

    /// <summary>When it began (UTC, whole milliseconds).</summary>
    [JsonPropertyName("startedAt")]
    public required DateTime StartedAt { get; init; }

    /// <summary>When it ended (UTC, whole milliseconds); null while it is open.</summary>
    [JsonPropertyName("endedAt")]
    public DateTime? EndedAt { get; init; }

    /// <summary>The attempt at Work on Case that it belongs to.</summary>
    [JsonPropertyName("attempt")]
    public required int Attempt { get; init; }

    /// <summary>The payload's Status after the step; absent while it has none.</summary>
    [JsonPropertyName("status"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Status { get; init; }

    /// <summary>What the step appended to the payload's Message; null while it is open, or when it failed.</summary>
    [JsonPropertyName("added")]
    public string? Added { get; init; }

    /// <summary>The agent who answered.</summary>
    [JsonPropertyName("agent"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Agent { get; init; }

    /// <summary>The agent's note.</summary>
    [JsonPropertyName("note"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>The <see cref="CaseWorked.AnswerId"/> of the answer that was taken.</summary>
    [JsonPropertyName("answerId"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AnswerId { get; init; }

    /// <summary>Why the step failed, when the process went on from there.</summary>
    [JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ErrorDetails? Error { get; init; }
}
