using CallCenter.Workflows.Employees;
using CallCenter.Workflows.Mail;

namespace CallCenter.Workflows.SupportTicket;

/// <summary>What the states of a ticket do. They run at least once, and their results are recorded.</summary>
/// <param name="assignments">The table that remembers who got which ticket.</param>
/// <param name="mailer">Sends the e-mail.</param>
public sealed class TicketActivities(IAssignments assignments, IMailer mailer)
{
    /// <summary>Opens the ticket.</summary>
    public Task<Ticket> OpenCaseAsync(TicketInput input, CancellationToken cancellation = default) => Task.FromResult(Ticket.Open(input.InputCaseId));

    /// <summary>Assigns it to an employee. Run again, it finds the one whom it was given to.</summary>
    public async Task<Ticket> AssignCaseAsync(Ticket ticket, CancellationToken cancellation = default) =>
        ticket.Assign(await assignments.AssignAsync(ticket.Key!, ticket.Case, cancellation));

    /// <summary>Tells the employee. At least once: a crash in the seconds of the sending may send it again, under the same Message-ID.</summary>
    public async Task<Ticket> SendEmailAsync(Ticket ticket, CancellationToken cancellation = default)
    {
        await mailer.SendAsync(new OutgoingMail(ticket.Assignee!, $"Ticket {ticket.Case} is yours", $"""
            Hello {ticket.Assignee!.Name},

            there is a new ticket for you: {ticket.Case}.

            """, ticket.Key!), cancellation);
        return ticket.Mailed();
    }
}
