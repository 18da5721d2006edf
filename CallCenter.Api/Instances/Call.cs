using CallCenter.Api.Http;
using CallCenter.Api.Workflows;
using CallCenter.Durable;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.Instances;

/// <summary>One request about the instances of a workflow.</summary>
/// <param name="Request">The request.</param>
/// <param name="Client">The durable runtime.</param>
/// <param name="Served">The workflow.</param>
/// <param name="Id">The instance id of the path; empty where it has none.</param>
internal sealed record Call(ApiRequest Request, IOrchestrationClient Client, ServedWorkflow Served, string Id)
{
    /// <summary>The workflow.</summary>
    public IWorkflow Workflow => Served.Workflow;

    /// <summary>Cancelled when the caller goes or the host stops.</summary>
    public CancellationToken Cancellation => Request.Cancellation;
}
