using System.Text.Json;
using System.Text.Json.Serialization;
using CallCenter.Durable.Errors;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Workflows.CallCenter;

/// <summary>The custom status of a case, as a reader of it sees it.</summary>
internal sealed record CaseProgress(
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("attempt")] int Attempt,
    [property: JsonPropertyName("waitingFor")] string? WaitingFor,
    [property: JsonPropertyName("deadline")] DateTime? Deadline,
    [property: JsonPropertyName("case")] SupportCase? Case,
    [property: JsonPropertyName("error")] ErrorDetails? Error,
    [property: JsonPropertyName("steps")] IReadOnlyList<CaseStep> Steps,
    [property: JsonPropertyName("stepsOmitted")] int? StepsOmitted)
{
    public static CaseProgress Read(string json) => JsonSerializer.Deserialize<CaseProgress>(json)!;
}

/// <summary>One step.</summary>
internal sealed record CaseStep(
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("startedAt")] DateTime StartedAt,
    [property: JsonPropertyName("endedAt")] DateTime? EndedAt,
    [property: JsonPropertyName("attempt")] int Attempt,
    [property: JsonPropertyName("changed")] JsonElement? Changed,
    [property: JsonPropertyName("agent")] string? Agent,
    [property: JsonPropertyName("note")] string? Note,
    [property: JsonPropertyName("answerId")] string? AnswerId,
    [property: JsonPropertyName("error")] ErrorDetails? Error)
{
    /// <summary>What the step appended to the Message; all of it in the first.</summary>
    [JsonIgnore]
    public string? Added => Member("Message") is not { } message ? null
        : message.ValueKind == JsonValueKind.String ? message.GetString()
        : message.GetProperty("+").GetString();

    /// <summary>What it set the Status to.</summary>
    [JsonIgnore]
    public int? Status => Member("Status")?.GetInt32();

    private JsonElement? Member(string name) => Changed is { } changed && changed.TryGetProperty(name, out var value) ? value : null;
}
