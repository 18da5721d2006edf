using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.SupportTicket;

namespace CallCenter.Tests.Workflows.SupportTicket;

public sealed class SupportTicketWorkflowTests
{
    private static readonly TicketInput Ticket001 = new() { InputCaseId = "001" };

    [Fact]
    public async Task Run_Ticket_IsAssignedAndMailed()
    {
        var context = new TicketContext();

        var output = await context.RunAsync(Ticket001 with { Retry = new RetryOptions { MaxAttempts = 7 } });

        Assert.Equal(
            """{"Case":"001","Assignee":{"id":"1","name":"Alex Kim","email":"alex.kim@example.com"},"Message":"Case 001: opened...assigned...e-mail sent."}""",
            JsonSerializer.Serialize(output));
        Assert.Equal(["TicketOpenCase", "TicketAssignCase", "TicketSendEmail"], context.Calls.Select(call => call.Name));
        Assert.All(context.Calls, call => Assert.Equal(7, call.Retry!.MaxAttempts));
        var mail = Assert.Single(context.Mails);
        Assert.Equal((TicketContext.Kim, "Ticket 001 is yours"), (mail.To, mail.Subject));
        Assert.Contains("Hello Alex Kim", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ActivityRunsAgain_UsesTheSameKey()
    {
        var context = new TicketContext { RunsTwice = true };

        await context.RunAsync(Ticket001);

        Assert.Equal(Enumerable.Repeat("ticket-1/20260301T120000.000Z/Assign Case/1", 2), context.Assignments);
        Assert.Equal(Enumerable.Repeat("ticket-1/20260301T120000.000Z/Send Email/1", 2), context.Mails.Select(mail => mail.Key));
    }

    [Fact]
    public async Task Run_AnotherRunOrAnotherTicket_UsesOtherKeys()
    {
        var first = new TicketContext();
        var contexts = new[] { first, new TicketContext { CurrentUtcDateTime = first.CurrentUtcDateTime.AddMilliseconds(1) }, new TicketContext { InstanceId = "ticket-2" } };

        foreach (var context in contexts)
            await context.RunAsync(Ticket001);

        var keys = contexts.SelectMany(context => context.Assignments.Concat(context.Mails.Select(mail => mail.Key))).ToList();
        Assert.Equal(6, keys.Distinct().Count());
    }

    [Fact]
    public async Task Run_MailCannotBeSent_FailsAndKeepsTheAssignee()
    {
        var context = new TicketContext { IsMailDown = true };

        var failure = await Assert.ThrowsAsync<ActivityFailedException>(() => context.RunAsync(Ticket001));

        Assert.Contains("TicketSendEmail", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Fail", context.Status.GetProperty("state").GetString());
        Assert.Equal("1", context.Status.GetProperty("ticket").GetProperty("Assignee").GetProperty("id").GetString());
    }

    [Fact]
    public void Definition_Ticket_GoesStraightOn()
    {
        var workflow = new SupportTicketWorkflow(new TicketActivities());

        Assert.Equal("Open Case", workflow.Definition.StartAt);
        Assert.Equal(["Open Case", "Assign Case", "Send Email"], workflow.Definition.States.Select(state => state.Name));
        Assert.Equal([("Open Case", "Assign Case"), ("Assign Case", "Send Email")], workflow.Definition.Transitions.Select(way => (way.From, way.To)));
        Assert.Equal(["TicketOpenCase", "TicketAssignCase", "TicketSendEmail"], workflow.Definition.States.Select(state => state.Activity));
    }

    [Fact]
    public void Refuse_HostWithoutTableOrMail_NamesTheSetting()
    {
        var context = new TicketContext();
        var input = JsonSerializer.SerializeToElement(Ticket001);

        Assert.Contains("CallCenter:Assignments", new SupportTicketWorkflow(new TicketActivities()).Refuse(input), StringComparison.Ordinal);
        Assert.Contains("CallCenter:Mail:Host", new SupportTicketWorkflow(new TicketActivities(context)).Refuse(input), StringComparison.Ordinal);
        Assert.Null(new SupportTicketWorkflow(new TicketActivities(context, context)).Refuse(input));
    }
}
