using CallCenter.Workflows.Employees;
using CallCenter.Workflows.Mail;

namespace CallCenter.Workflows.SupportTicket;

/// <summary>What the states of a ticket do. They run at least once, and their results are recorded.</summary>
/// <param name="assignments">The table that remembers who got which ticket; null where the host has none.</param>
/// <param name="mailer">Sends the e-mail; null where the host cannot.</param>
public sealed class TicketActivities(IAssignments? assignments = null, IMailer? mailer = null)
{
    /// <summary>Which setting is missing for tickets; null for none.</summary>
    public string? Missing { get; } =
        assignments is null ? "Tickets need a table that remembers who got which. Set CallCenter:Assignments to its database."
        : mailer is null ? "Tickets need a way to send e-mail. Set CallCenter:Mail:Host to an SMTP server, or CallCenter:Mail:Folder to a folder."
        : null;

    /// <summary>Opens the ticket.</summary>
    public Task<Ticket> OpenCaseAsync(TicketInput input, CancellationToken cancellation = default) => Task.FromResult(Ticket.Open(input.InputCaseId));

    /// <summary>Assigns it to an employee. Run again, it finds the one whom it was given to.</summary>
    public async Task<Ticket> AssignCaseAsync(Ticket ticket, CancellationToken cancellation = default) =>
        ticket.Assign(await (assignments ?? throw new AssignmentException(Missing!)).AssignAsync(ticket.Key!, ticket.Case, cancellation));

    /// <summary>Tells the employee. At least once: a crash in the seconds of the sending may send it again, under the same Message-ID.</summary>
    public async Task<Ticket> SendEmailAsync(Ticket ticket, CancellationToken cancellation = default)
    {
        await (mailer ?? throw new MailException(Missing!)).SendAsync(new OutgoingMail(ticket.Assignee!, $"Ticket {ticket.Case} is yours", $"""
            Hello {ticket.Assignee!.Name},

            there is a new ticket for you: {ticket.Case}.

            """, ticket.Key!), cancellation);
        return ticket.Mailed();
    }
}
