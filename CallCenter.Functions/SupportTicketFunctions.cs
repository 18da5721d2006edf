using CallCenter.Functions.Http;
using CallCenter.Functions.Orchestration;
using CallCenter.Workflows.SupportTicket;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CallCenter.Functions;

/// <summary>Support tickets as functions: their orchestrator, its three activities, and the HTTP call that starts a ticket.</summary>
/// <param name="workflow">The flow.</param>
/// <param name="activities">What its states do.</param>
/// <param name="api">Answers HTTP calls.</param>
public sealed class SupportTicketFunctions(SupportTicketWorkflow workflow, TicketActivities activities, ApiBridge api)
{
    /// <summary>Starts a ticket: <c>{"inputCaseID":"001"}</c>.</summary>
    [Function("StartTicket")]
    public Task<HttpResponseData> StartTicketAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/tickets")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Runs one ticket.</summary>
    [Function("SupportTicketOrchestrator")]
    public Task<Ticket> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) => workflow.RunAsync(context);

    /// <summary>Opens the ticket.</summary>
    [Function("TicketOpenCase")]
    public Task<Ticket> OpenCaseAsync([ActivityTrigger] TicketInput input, CancellationToken cancellation) =>
        activities.OpenCaseAsync(input, cancellation);

    /// <summary>Assigns the ticket to an employee.</summary>
    [Function("TicketAssignCase")]
    public Task<Ticket> AssignCaseAsync([ActivityTrigger] Ticket ticket, CancellationToken cancellation) =>
        activities.AssignCaseAsync(ticket, cancellation);

    /// <summary>Tells the employee by e-mail.</summary>
    [Function("TicketSendEmail")]
    public Task<Ticket> SendEmailAsync([ActivityTrigger] Ticket ticket, CancellationToken cancellation) =>
        activities.SendEmailAsync(ticket, cancellation);
}
