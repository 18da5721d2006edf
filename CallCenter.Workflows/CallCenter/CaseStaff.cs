using System.Globalization;
using CallCenter.Durable.Settings;
using CallCenter.Workflows.Employees;
using CallCenter.Workflows.Mail;

namespace CallCenter.Workflows.CallCenter;

/// <summary>The employees whom cases are assigned to, and the way to tell them.</summary>
/// <param name="assignments">The table that remembers who got which case; null where the host has none.</param>
/// <param name="mailer">Sends the e-mails; null where the host cannot.</param>
/// <param name="publicUrl">
/// <c>CallCenter:PublicUrl</c>, what links in e-mails begin with; null where it is not set.
/// No request may decide that: whoever starts a case chooses its Host header.
/// </param>
public sealed class CaseStaff(IAssignments? assignments = null, IMailer? mailer = null, string? publicUrl = null)
{
    /// <summary>The staff of a host with these settings.</summary>
    public static CaseStaff Read(SettingsReader settings, IAssignments? assignments, IMailer? mailer) => new(assignments, mailer, settings.Text("PublicUrl"));

    /// <summary>What is missing for a case with this input; null for nothing.</summary>
    public string? Refuse(CaseInput input)
    {
        if (input.Assign == CaseAssignment.Roster && assignments is null)
            return "'assign' is \"roster\", but nothing remembers who got which case. Set CallCenter:Assignments to a database.";
        if (input.Notify == AgentNotification.None)
            return null;
        if (input.Assign == CaseAssignment.None)
            return "'notify' is \"email\", but nobody is assigned who could be told. Set 'assign' to \"roster\".";
        if (mailer is null)
            return "'notify' is \"email\", but no e-mail can be sent. Set CallCenter:Mail:Host to an SMTP server, or CallCenter:Mail:Folder to a folder.";
        return publicUrl is null
            ? "'notify' is \"email\", but the e-mail would have no link to the case. " +
                "Set CallCenter:PublicUrl to the address under which employees reach this host."
            : null;
    }

    /// <summary>Assigns a case, once for each key.</summary>
    public Task<Employee> AssignAsync(string key, string caseId, CancellationToken cancellation) =>
        (assignments ?? throw new AssignmentException("No employee could be assigned: CallCenter:Assignments is not set."))
            .AssignAsync(key, caseId, cancellation);

    /// <summary>
    /// Tells the employee of a case that it waits. The link shows the case and decides nothing: mail scanners follow every link.
    /// </summary>
    public Task NotifyAsync(AgentNotice notice, CancellationToken cancellation)
    {
        if (mailer is null || publicUrl is null || notice.Case.Assignee is not { } employee)
            throw new MailException("No e-mail could be sent: CallCenter:Mail or CallCenter:PublicUrl is not set, or nobody is assigned.");
        var until = notice.Deadline.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return mailer.SendAsync(new OutgoingMail(employee, $"Case {notice.Case.Case} waits for you", $"""
            Hello {employee.Name},

            case {notice.Case.Case} waits for your answer until {until}:
            {publicUrl.TrimEnd('/')}/console#/cases/{Uri.EscapeDataString(notice.InstanceId)}

            {notice.Case.Message}

            """, notice.Key), cancellation);
    }
}
