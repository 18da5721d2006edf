using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Seams;

namespace CallCenter.Workflows.CallCenter;

/// <summary>
/// The input of a case: the tutorial's <c>inputCaseID</c>, and the rules that this case goes by to its end. Defaults are
/// filled in when the case is started, so that a change of configuration never changes a running case.
/// </summary>
[Description("What is left out gets the host's default.")]
public sealed record CaseInput
{
    /// <summary>The case id: 1 to 256 characters, none of them a control character, not blank.</summary>
    [JsonPropertyName("inputCaseID"), StringLength(256), IdText, Example("001")]
    [DisplayName("Case id"), Description("The id of the case. Any text by which you will know it again.")]
    public required string InputCaseId { get; init; }

    /// <summary>Who works on the case.</summary>
    [JsonPropertyName("workMode")]
    [DisplayName("Who works on it")]
    public WorkMode WorkMode { get; init; }

    /// <summary>How long Work on Case waits for an agent's answer, in seconds; then the case counts as unresolved.</summary>
    [JsonPropertyName("agentDeadlineSeconds"), Range(1, 2_592_000), ShownWhen("workMode", "agent")]
    [DisplayName("Agent deadline (seconds)"), Description("A case that nobody answers by then counts as unresolved.")]
    public int AgentDeadlineSeconds { get; init; } = 1800;

    /// <summary>What follows Escalate Case.</summary>
    [JsonPropertyName("onEscalation")]
    [DisplayName("If it is not resolved")]
    public OnEscalation OnEscalation { get; init; }

    /// <summary>How often a case is worked on when <see cref="OnEscalation"/> is <see cref="OnEscalation.WorkAgain"/>.</summary>
    [JsonPropertyName("maxAttempts"), Range(1, MostAttempts), ShownWhen("onEscalation", "workAgain")]
    [DisplayName("Maximum attempts")]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The most that <see cref="MaxAttempts"/> may be.</summary>
    internal const int MostAttempts = 20;

    /// <summary>The retry policy of every activity.</summary>
    [JsonPropertyName("retry")]
    [DisplayName("When a step fails")]
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Who gets the case.</summary>
    [JsonPropertyName("assign"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [DisplayName("Assigned to"), Description("Whether the case is assigned to an employee.")]
    public CaseAssignment Assign { get; init; }

    /// <summary>Who is told when the case waits for an agent.</summary>
    [ShownWhen("workMode", "agent")]
    [JsonPropertyName("notify"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [DisplayName("Who is notified"), Description("Whether the employee gets an e-mail when the case waits for an agent.")]
    public AgentNotification Notify { get; init; }
}

/// <summary>Who gets a case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseAssignment>))]
public enum CaseAssignment
{
    /// <summary>Nobody by name.</summary>
    [JsonStringEnumMemberName("none"), Display(Name = "Nobody in particular", Description = "As in the tutorial.")]
    None,

    /// <summary>One of the configured employees.</summary>
    [JsonStringEnumMemberName("roster"), Display(Name = "An employee", Description = "The one with the fewest cases today.")]
    Roster,
}

/// <summary>Who is told when a case waits for an agent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgentNotification>))]
public enum AgentNotification
{
    /// <summary>Nobody.</summary>
    [JsonStringEnumMemberName("none"), Display(Name = "Nobody", Description = "The console shows what is waiting.")]
    None,

    /// <summary>The employee who got the case, by e-mail.</summary>
    [JsonStringEnumMemberName("email"), Display(Name = "The employee, by e-mail", Description = "With a link to the case.")]
    Email,
}

/// <summary>Who works on a case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkMode>))]
public enum WorkMode
{
    /// <summary>The program: the activity WorkOnCase asks the host's <see cref="ICaseWorker"/>.</summary>
    [JsonStringEnumMemberName("simulated"), Display(Name = "The program", Description = "It tosses a coin.")]
    Simulated,

    /// <summary>A person: Work on Case waits for the external event <see cref="CaseWorked.Event"/>.</summary>
    [JsonStringEnumMemberName("agent"), Display(Name = "An agent", Description = "The case waits for a person to decide.")]
    Agent,
}

/// <summary>What follows Escalate Case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OnEscalation>))]
public enum OnEscalation
{
    /// <summary>The case fails, as in the tutorial.</summary>
    [JsonStringEnumMemberName("fail"), Display(Name = "Escalate and fail", Description = "Tier 2 takes over.")]
    Fail,

    /// <summary>Back to Work on Case, the tutorial's variation, until the attempts are used up.</summary>
    [JsonStringEnumMemberName("workAgain"), Display(Name = "Escalate and work again", Description = "Until the attempts are used up.")]
    WorkAgain,
}
