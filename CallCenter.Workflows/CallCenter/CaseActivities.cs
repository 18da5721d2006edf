namespace CallCenter.Workflows.CallCenter;

/// <summary>
/// The five activities. They run outside the orchestration, at least once, and their results are recorded: what is random, slow
/// or able to fail belongs here.
/// </summary>
/// <param name="worker">Who works on a case.</param>
public sealed class CaseActivities(ICaseWorker worker)
{
    /// <summary>Opens the case.</summary>
    public Task<SupportCase> OpenCaseAsync(CaseInput input, CancellationToken cancellation = default) =>
        Task.FromResult(SupportCase.Open(input.InputCaseId));

    /// <summary>Assigns the case.</summary>
    public Task<SupportCase> AssignCaseAsync(SupportCase supportCase, CancellationToken cancellation = default) =>
        Task.FromResult(supportCase.Assign());

    /// <summary>Works on the case; its Status says how it went.</summary>
    public async Task<SupportCase> WorkOnCaseAsync(SupportCase supportCase, CancellationToken cancellation = default) =>
        supportCase.Work(await worker.WorkAsync(supportCase, cancellation));

    /// <summary>Closes the case.</summary>
    public Task<SupportCase> CloseCaseAsync(SupportCase supportCase, CancellationToken cancellation = default) =>
        Task.FromResult(supportCase.Close());

    /// <summary>Escalates the case.</summary>
    public Task<SupportCase> EscalateCaseAsync(SupportCase supportCase, CancellationToken cancellation = default) =>
        Task.FromResult(supportCase.Escalate());
}
