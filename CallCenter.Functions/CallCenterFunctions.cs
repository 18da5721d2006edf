using CallCenter.Functions.Http;
using CallCenter.Functions.Orchestration;
using CallCenter.Workflows.CallCenter;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CallCenter.Functions;

/// <summary>The call center as functions: its orchestrator, its activities, and the HTTP call that starts a case.</summary>
/// <param name="workflow">The flow.</param>
/// <param name="activities">What its states do.</param>
/// <param name="api">Answers HTTP calls.</param>
public sealed class CallCenterFunctions(CallCenterWorkflow workflow, CaseActivities activities, ApiBridge api)
{
    /// <summary>Starts a case: <c>{"inputCaseID":"001"}</c>.</summary>
    [Function("StartCase")]
    public Task<HttpResponseData> StartCaseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/cases")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Runs one case.</summary>
    [Function("CallCenterOrchestrator")]
    public Task<SupportCase> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) => workflow.RunAsync(context);

    /// <summary>Opens the case.</summary>
    [Function("OpenCase")]
    public Task<SupportCase> OpenCaseAsync([ActivityTrigger] CaseInput input, CancellationToken cancellation) =>
        activities.OpenCaseAsync(input, cancellation);

    /// <summary>Assigns the case.</summary>
    [Function("AssignCase")]
    public Task<SupportCase> AssignCaseAsync([ActivityTrigger] SupportCase supportCase, CancellationToken cancellation) =>
        activities.AssignCaseAsync(supportCase, cancellation);

    /// <summary>Works on the case.</summary>
    [Function("WorkOnCase")]
    public Task<SupportCase> WorkOnCaseAsync([ActivityTrigger] SupportCase supportCase, CancellationToken cancellation) =>
        activities.WorkOnCaseAsync(supportCase, cancellation);

    /// <summary>Closes the case.</summary>
    [Function("CloseCase")]
    public Task<SupportCase> CloseCaseAsync([ActivityTrigger] SupportCase supportCase, CancellationToken cancellation) =>
        activities.CloseCaseAsync(supportCase, cancellation);

    /// <summary>Escalates the case.</summary>
    [Function("EscalateCase")]
    public Task<SupportCase> EscalateCaseAsync([ActivityTrigger] SupportCase supportCase, CancellationToken cancellation) =>
        activities.EscalateCaseAsync(supportCase, cancellation);

    /// <summary>Tells the employee that a case waits for an answer.</summary>
    [Function("NotifyAgent")]
    public Task<bool> NotifyAgentAsync([ActivityTrigger] AgentNotice notice, CancellationToken cancellation) =>
        activities.NotifyAgentAsync(notice, cancellation);
}
