using System.Text.Json.Serialization;
using CallCenter.Durable.Seams;

namespace CallCenter.Workflows.CallCenter;

/// <summary>
/// The input of a case: the tutorial's <c>inputCaseID</c>, and the rules that this case goes by to its end. Defaults are
/// filled in when the case is started, so that a change of configuration never changes a running case.
/// </summary>
public sealed record CaseInput
{
    /// <summary>The case id: 1 to 256 characters, none of them a control character, not blank.</summary>
    [JsonPropertyName("inputCaseID")]
    public required string InputCaseId { get; init; }

    /// <summary>Who works on the case.</summary>
    [JsonPropertyName("workMode")]
    public WorkMode WorkMode { get; init; }

    /// <summary>How long Work on Case waits for an agent's answer, in seconds; then the case counts as unresolved.</summary>
    [JsonPropertyName("agentDeadlineSeconds")]
    public int AgentDeadlineSeconds { get; init; } = 1800;

    /// <summary>What follows Escalate Case.</summary>
    [JsonPropertyName("onEscalation")]
    public OnEscalation OnEscalation { get; init; }

    /// <summary>How often a case is worked on when <see cref="OnEscalation"/> is <see cref="OnEscalation.WorkAgain"/>.</summary>
    [JsonPropertyName("maxAttempts")]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The retry policy of every activity.</summary>
    [JsonPropertyName("retry")]
    public RetryOptions Retry { get; init; } = new();
}

/// <summary>Who works on a case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkMode>))]
public enum WorkMode
{
    /// <summary>The program: the activity WorkOnCase asks the host's <see cref="ICaseWorker"/>.</summary>
    [JsonStringEnumMemberName("simulated")]
    Simulated,

    /// <summary>A person: Work on Case waits for the external event <see cref="CaseWorked.EventName"/>.</summary>
    [JsonStringEnumMemberName("agent")]
    Agent,
}

/// <summary>What follows Escalate Case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OnEscalation>))]
public enum OnEscalation
{
    /// <summary>The case fails, as in the tutorial.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,

    /// <summary>Back to Work on Case, the tutorial's variation, until the attempts are used up.</summary>
    [JsonStringEnumMemberName("workAgain")]
    WorkAgain,
}
