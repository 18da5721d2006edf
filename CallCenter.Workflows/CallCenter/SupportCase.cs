using System.ComponentModel;
using System.Text.Json.Serialization;
using CallCenter.Workflows.Employees;

namespace CallCenter.Workflows.CallCenter;

/// <summary>
/// The payload that goes from step to step and comes out at the end, with the JSON names of the Step Functions tutorial.
/// </summary>
/// <param name="Case">The case id.</param>
/// <param name="Status">1 resolved, 0 unresolved; absent until Work on Case has set it.</param>
/// <param name="Message">What has happened so far, one word a step.</param>
public sealed record SupportCase(
    [property: JsonPropertyName("Case")] string Case,
    [property: JsonPropertyName("Status"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Description("1 resolved, 0 unresolved; absent until Work on Case.")] int? Status,
    [property: JsonPropertyName("Message")] string Message)
{
    /// <summary>Who got it; absent where nobody did by name. It is information: everybody who may answer cases may answer this one.</summary>
    [JsonPropertyName("Assignee"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Employee? Assignee { get; init; }

    /// <summary>By what it is assigned once; only in the input of Assign Case.</summary>
    [JsonPropertyName("Key"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>A new case, as Open Case makes it.</summary>
    public static SupportCase Open(string caseId) => new(caseId, null, $"Case {caseId}: opened...");

    /// <summary>Assign Case, to an employee or to nobody by name.</summary>
    public SupportCase Assign(Employee? employee = null) => Add("assigned...") with { Assignee = employee, Key = null };

    /// <summary>Work on Case, with its outcome: 1 resolved, 0 unresolved. Any other is kept for the choice to refuse.</summary>
    public SupportCase Work(int status) => Add(status switch { 1 => "resolved...", 0 => "unresolved...", _ => "worked..." }) with { Status = status };

    /// <summary>Work on Case could not be done at all: it counts as unresolved.</summary>
    public SupportCase Unworkable() => Add("unworkable...") with { Status = 0 };

    /// <summary>Close Case.</summary>
    public SupportCase Close() => Add("closed.");

    /// <summary>Escalate Case.</summary>
    public SupportCase Escalate() => Add("escalating.");

    private SupportCase Add(string text) => this with { Message = Message + text };
}
