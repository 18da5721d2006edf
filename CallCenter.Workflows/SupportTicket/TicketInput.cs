using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Seams;

namespace CallCenter.Workflows.SupportTicket;

/// <summary>The input of a ticket.</summary>
[Description("What is left out gets the host's default.")]
public sealed record TicketInput
{
    /// <summary>The ticket's id, under the name that the tutorials give it.</summary>
    [JsonPropertyName("inputCaseID"), StringLength(256), IdText, Example("001"), DisplayName("Ticket id"), Description("The id of the ticket.")]
    public required string InputCaseId { get; init; }

    /// <summary>How failures are tried again.</summary>
    [JsonPropertyName("retry")]
    [DisplayName("When a step fails"), Description("How failed steps are tried again.")]
    public RetryOptions Retry { get; init; } = new();
}

/// <summary>The JSON of everything that the workflow gives to a runtime, generated when this is built.</summary>
[JsonSerializable(typeof(TicketInput))]
[JsonSerializable(typeof(Ticket))]
internal sealed partial class TicketJson : JsonSerializerContext;
