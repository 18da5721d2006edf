using System.Text.Json.Serialization;

namespace CallCenter.Workflows.CallCenter;

/// <summary>The external event with which an agent answers a case that waits in Work on Case.</summary>
public sealed record CaseWorked
{
    /// <summary>The name of the event.</summary>
    public const string EventName = "CaseWorked";

    /// <summary>True when the case is resolved. Required: an empty object must not count as an answer.</summary>
    [JsonPropertyName("resolved"), JsonRequired]
    public bool Resolved { get; init; }

    /// <summary>
    /// The attempt that this answers. An answer for another attempt is ignored, so that a second click never answers the
    /// next one; null answers whichever attempt takes it.
    /// </summary>
    [JsonPropertyName("attempt"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Attempt { get; init; }

    /// <summary>Who answered, at most <see cref="CaseLimits.AgentLength"/> characters; more are cut.</summary>
    [JsonPropertyName("agent"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Agent { get; init; }

    /// <summary>
    /// Tells answers apart: the case publishes that of the answer it took, so that whoever sent another learns that it does not
    /// count. At most <see cref="CaseLimits.AnswerIdLength"/> characters; more are cut.
    /// </summary>
    [JsonPropertyName("answerId"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AnswerId { get; init; }

    /// <summary>Why, at most <see cref="CaseLimits.NoteLength"/> characters; more are cut.</summary>
    [JsonPropertyName("note"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}
