using CallCenter.Assignments;
using CallCenter.Durable;
using CallCenter.Workflows.CallCenter;
using CallCenter.Workflows.SupportTicket;

namespace CallCenter.Standalone;

/// <summary>The workflows that this program runs: a line each.</summary>
public static class BuiltInWorkflows
{
    /// <summary>All of them; <c>GET /api/workflow</c> shows the first.</summary>
    public static IReadOnlyList<IWorkflow> Create(WorkflowSettings settings)
    {
        // Makes nothing before it is needed: a journal wants a folder with nothing in it.
        var (assignments, mailer) = Staff.Read(settings.Reader, settings.DataFolder);
        return
        [
            new CallCenterWorkflow(new CaseActivities(CoinTossWorker.Read(settings.Reader), CaseStaff.Read(settings.Reader, assignments, mailer))),
            new SupportTicketWorkflow(new TicketActivities(assignments, mailer)),
        ];
    }
}
