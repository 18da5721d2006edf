using System.Text.Json.Serialization;
using CallCenter.Workflows.Employees;

namespace CallCenter.Workflows.SupportTicket;

/// <summary>The payload that goes from step to step and comes out at the end.</summary>
/// <param name="Case">The ticket's id.</param>
/// <param name="Assignee">Who looks after it; absent until it is assigned.</param>
/// <param name="Message">What has happened so far, one word a step.</param>
public sealed record Ticket(
    [property: JsonPropertyName("Case")] string Case,
    [property: JsonPropertyName("Assignee"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Employee? Assignee,
    [property: JsonPropertyName("Message")] string Message)
{
    /// <summary>By what the step's work is done once; only in the input of a step.</summary>
    [JsonPropertyName("Key"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>A new ticket.</summary>
    public static Ticket Open(string ticketId) => new(ticketId, null, $"Case {ticketId}: opened...");

    /// <summary>Assign Case.</summary>
    public Ticket Assign(Employee employee) => this with { Assignee = employee, Message = Message + "assigned...", Key = null };

    /// <summary>Send Email.</summary>
    public Ticket Mailed() => this with { Message = Message + "e-mail sent.", Key = null };
}
