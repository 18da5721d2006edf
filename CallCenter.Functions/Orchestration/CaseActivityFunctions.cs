using CallCenter.Workflows.CallCenter;
using Microsoft.Azure.Functions.Worker;

namespace CallCenter.Functions.Orchestration;

/// <summary>The five activity functions.</summary>
/// <param name="activities">What they do.</param>
public sealed class CaseActivityFunctions(CaseActivities activities)
{
    /// <summary>Opens the case.</summary>
    [Function(CaseActivityNames.OpenCase)]
    public Task<SupportCase> OpenCaseAsync([ActivityTrigger] CaseInput input, CancellationToken cancellation) =>
        activities.OpenCaseAsync(input, cancellation);

    /// <summary>Assigns the case.</summary>
    [Function(CaseActivityNames.AssignCase)]
    public Task<SupportCase> AssignCaseAsync([ActivityTrigger] SupportCase supportCase, CancellationToken cancellation) =>
        activities.AssignCaseAsync(supportCase, cancellation);

    /// <summary>Works on the case.</summary>
    [Function(CaseActivityNames.WorkOnCase)]
    public Task<SupportCase> WorkOnCaseAsync([ActivityTrigger] SupportCase supportCase, CancellationToken cancellation) =>
        activities.WorkOnCaseAsync(supportCase, cancellation);

    /// <summary>Closes the case.</summary>
    [Function(CaseActivityNames.CloseCase)]
    public Task<SupportCase> CloseCaseAsync([ActivityTrigger] SupportCase supportCase, CancellationToken cancellation) =>
        activities.CloseCaseAsync(supportCase, cancellation);

    /// <summary>Escalates the case.</summary>
    [Function(CaseActivityNames.EscalateCase)]
    public Task<SupportCase> EscalateCaseAsync([ActivityTrigger] SupportCase supportCase, CancellationToken cancellation) =>
        activities.EscalateCaseAsync(supportCase, cancellation);
}
