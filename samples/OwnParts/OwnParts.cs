using CallCenter.Durable;
using CallCenter.Standalone;
using CallCenter.Workflows.CallCenter;
using CallCenter.Workflows.Employees;
using CallCenter.Workflows.SupportTicket;

namespace CallCenter.Samples.OwnParts;

/// <summary>The built-in workflows, with parts of one's own.</summary>
public static class OwnParts
{
    /// <summary>Makes the workflows; a setting that is read here is known, and any other is refused at the start.</summary>
    public static IReadOnlyList<IWorkflow> Create(WorkflowSettings settings)
    {
        var worker = new FaqWorker((settings.Reader.Text("Faq") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var assignments = new Territories(Roster.Read(settings.Reader));
        var mailer = new MailService(new HttpClient { Timeout = TimeSpan.FromSeconds(30) }, new Uri(settings.Reader.Text("MailService") ?? "http://127.0.0.1:8025/mails"));
        return
        [
            new CallCenterWorkflow(new CaseActivities(worker, CaseStaff.Read(settings.Reader, assignments, mailer))),
            new SupportTicketWorkflow(new TicketActivities(assignments, mailer)),
        ];
    }
}
