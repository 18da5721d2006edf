using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Seams;
using CallCenter.Durable.States;

namespace CallCenter.Workflows.SupportTicket;

/// <summary>
/// The support-ticket machine of the AWS guide: Open Case, Assign Case (to an employee, who is kept in a table), Send Email (which tells
/// the employee of the new ticket).
/// </summary>
public sealed class SupportTicketWorkflow : Workflow<TicketInput, Ticket>
{
    private static readonly TaskState<TicketInput, Ticket> OpenCase = new("Open Case", prefix: "Ticket");
    private static readonly TaskState<Ticket, Ticket> AssignCase = new("Assign Case", prefix: "Ticket");
    private static readonly TaskState<Ticket, Ticket> SendEmail = new("Send Email", prefix: "Ticket");

    private readonly TicketActivities _activities;

    /// <param name="activities">What its states do.</param>
    public SupportTicketWorkflow(TicketActivities activities)
    {
        _activities = activities;
        Runs(OpenCase, activities.OpenCaseAsync);
        Runs(AssignCase, activities.AssignCaseAsync);
        Runs(SendEmail, activities.SendEmailAsync);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<State> States => [OpenCase, AssignCase, SendEmail];

    /// <inheritdoc/>
    public override IReadOnlyList<WorkflowTransition> Ways => [OpenCase.Then(AssignCase), AssignCase.Then(SendEmail)];

    /// <inheritdoc/>
    protected override async Task<Ticket> RunAsync(Steps steps, TicketInput input)
    {
        var ticket = await steps.DoAsync(OpenCase, input);
        ticket = await steps.DoAsync(AssignCase, ticket with { Key = steps.KeyOf(AssignCase) });
        return await steps.DoAsync(SendEmail, ticket with { Key = steps.KeyOf(SendEmail) });
    }

    /// <inheritdoc/>
    public override string Name => "SupportTicketOrchestrator";

    /// <summary>As the guide calls it.</summary>
    public override string StateMachine => "SupportStateMachine";

    /// <inheritdoc/>
    public override string Description => "Opens a support ticket, assigns it to an employee, and tells the employee by e-mail.";

    /// <inheritdoc/>
    public override string Item => "ticket";

    /// <inheritdoc/>
    public override BusinessKey Key => new("ticketId", "Ticket id", InputMember: "inputCaseID", PayloadMember: "Case");

    /// <inheritdoc/>
    protected override IJsonTypeInfoResolver GeneratedJson => TicketJson.Default;

    /// <inheritdoc/>
    protected override string? Refuse(TicketInput input) => _activities.Missing;

    /// <inheritdoc/>
    protected override RetryPolicy Retry(TicketInput input) => input.Retry.ToPolicy();
}
