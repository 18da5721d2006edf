using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CallCenter.Durable.Events;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Text;

namespace CallCenter.Workflows.CallCenter;

/// <summary>The external event with which an agent answers a case that waits in Work on Case.</summary>
[DisplayName("Is this case resolved?"), Description("A case that nobody answers in time counts as unresolved.")]
public sealed record CaseWorked : IAnswer
{
    /// <summary>The event.</summary>
    public static readonly EventDefinition<CaseWorked> Event = new("CaseWorked", path: "work", from: "an agent")
    {
        By = "agent",
        NoAnswer = "Nobody decided in time",
        IsAwaited = input => input.StringOf("workMode") == "agent",
        OfTaskOutput = output => output.Of("resolved") is null && output.IntegerOf("Status") is { } status
            ? Answer(status == 1, output.StringOf("agent"), output.StringOf("note"))
            : output,
        OfTaskFailure = (error, cause) => Answer(false, null, Excerpt.Cut(string.Join(": ", new[] { error, cause }.Where(text => !string.IsNullOrEmpty(text))), NoteLength)),
        Outcome = payload => payload.IntegerOf("Status") == 1 ? "resolved" : "not resolved",
    };

    /// <summary>The longest name of an agent, in UTF-16 characters.</summary>
    internal const int AgentLength = 64;

    /// <summary>The longest note of an agent, in UTF-16 characters.</summary>
    internal const int NoteLength = 200;

    /// <summary>The longest id of an answer, in UTF-16 characters.</summary>
    internal const int AnswerIdLength = 16;

    /// <summary>True when the case is resolved. Required: an empty object must not count as an answer.</summary>
    [JsonPropertyName("resolved"), JsonRequired]
    [DisplayName("Resolved"), Description("Whether the case is resolved.")]
    public bool Resolved { get; init; }

    /// <summary>
    /// The attempt that this answers. An answer for another attempt is ignored, so that a second click never answers the
    /// next one; null answers whichever attempt takes it.
    /// </summary>
    [JsonPropertyName("attempt"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(1, CaseInput.MostAttempts)]
    [Description("The attempt that this answers; left out, the one that the case waits in.")]
    public int? Attempt { get; init; }

    /// <summary>Who answered, at most <see cref="AgentLength"/> characters; more are cut.</summary>
    [JsonPropertyName("agent"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), StringLength(AgentLength), Published]
    [DisplayName("Your name")]
    public string? Agent { get; init; }

    /// <summary>
    /// Tells answers apart: the case publishes that of the answer it took, so that whoever sent another learns that it does not
    /// count. At most <see cref="AnswerIdLength"/> characters; more are cut.
    /// </summary>
    [JsonPropertyName("answerId"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), StringLength(AnswerIdLength), InternalValue, Published]
    public string? AnswerId { get; init; }

    /// <summary>Why, at most <see cref="NoteLength"/> characters; more are cut.</summary>
    [JsonPropertyName("note"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), StringLength(NoteLength), LinesText, Published]
    [DisplayName("Note")]
    public string? Note { get; init; }

    /// <summary>An answer as it is sent: the tutorial's worker says by <c>Status</c> whether the case is resolved, and no answer at all is none.</summary>
    private static JsonElement Answer(bool resolved, string? agent, string? note) =>
        JsonSerializer.SerializeToElement(new CaseWorked { Resolved = resolved, Agent = agent, Note = string.IsNullOrEmpty(note) ? null : note }, CaseJson.Default.CaseWorked);
}
