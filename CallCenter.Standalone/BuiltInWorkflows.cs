using CallCenter.Assignments;
using CallCenter.Durable;
using CallCenter.Workflows.CallCenter;
using CallCenter.Workflows.Mail;
using CallCenter.Workflows.SupportTicket;

namespace CallCenter.Standalone;

/// <summary>The workflows that this program runs: a line each.</summary>
public static class BuiltInWorkflows
{
    /// <summary>All of them; <c>GET /api/workflow</c> shows the first.</summary>
    public static IReadOnlyList<IWorkflow> Create(WorkflowSettings settings)
    {
        // Neither is made before it is needed: a journal wants a folder with nothing in it.
        var assignments = SqlAssignments.Read(settings.Reader, file: Path.Combine(settings.DataFolder, "assignments.db"));
        var mailer = MailOptions.ReadMailer(settings.Reader, folder: Path.Combine(settings.DataFolder, "mail"));
        return
        [
            new CallCenterWorkflow(new CaseActivities(CoinTossWorker.Read(settings.Reader), CaseStaff.Read(settings.Reader, assignments, mailer))),
            new SupportTicketWorkflow(new TicketActivities(assignments, mailer)),
        ];
    }
}
