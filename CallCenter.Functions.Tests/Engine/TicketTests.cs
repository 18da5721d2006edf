using System.Text.Json;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.Employees;
using CallCenter.Workflows.Mail;
using CallCenter.Workflows.SupportTicket;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>Tickets on the real engine, through the app's functions and both adapters.</summary>
public sealed class TicketTests
{
    [Fact]
    public async Task Ticket_IsAssignedAndMailed_WithAKeyForEachStep()
    {
        var office = new Office();
        var activities = new TicketActivities(office, office);
        var functions = new SupportTicketFunctions(new SupportTicketWorkflow(activities), activities, api: null!);
        await using var engine = await DurableEngine.StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc<TicketInput, Ticket>("SupportTicketOrchestrator", (context, _) => functions.RunAsync(context));
            tasks.AddActivityFunc<TicketInput, Ticket>("TicketOpenCase", (_, input) => functions.OpenCaseAsync(input, default));
            tasks.AddActivityFunc<Ticket, Ticket>("TicketAssignCase", (_, ticket) => functions.AssignCaseAsync(ticket, default));
            tasks.AddActivityFunc<Ticket, Ticket>("TicketSendEmail", (_, ticket) => functions.SendEmailAsync(ticket, default));
        });

        var id = await engine.Client.ScheduleAsync("SupportTicketOrchestrator", new TicketInput { InputCaseId = "001" }, "ticket-1", default);
        var state = await engine.Client.WaitForCompletionAsync(id!, TimeSpan.FromSeconds(60), default);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, state!.RuntimeStatus);
        Assert.Equal(
            """{"Case":"001","Assignee":{"id":"7","name":"Ada","email":"ada@example.com"},"Message":"Case 001: opened...assigned...e-mail sent."}""", state.Output);
        Assert.Equal(["Open Case", "Assign Case", "Send Email"],
            JsonDocument.Parse(state.CustomStatus!).RootElement.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("state").GetString()));
        Assert.StartsWith("ticket-1/", Assert.Single(office.Assigned), StringComparison.Ordinal);
        Assert.EndsWith("/Send Email/1", Assert.Single(office.Mails).Key, StringComparison.Ordinal);
    }

    /// <summary>Assigns everything to Ada, and keeps all mails.</summary>
    private sealed class Office : IAssignments, IMailer
    {
        public List<string> Assigned { get; } = [];

        public List<OutgoingMail> Mails { get; } = [];

        public Task<Employee> AssignAsync(string key, string caseId, CancellationToken cancellation)
        {
            Assigned.Add(key);
            return Task.FromResult(new Employee("7", "Ada", "ada@example.com"));
        }

        public Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
        {
            Mails.Add(mail);
            return Task.CompletedTask;
        }
    }
}
