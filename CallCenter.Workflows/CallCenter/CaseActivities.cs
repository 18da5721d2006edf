namespace CallCenter.Workflows.CallCenter;

/// <summary>
/// The activities. They run outside the orchestration, at least once, and their results are recorded: what is random, slow
/// or able to fail belongs here.
/// </summary>
/// <param name="worker">Who works on a case.</param>
/// <param name="staff">To whom cases are assigned where their input says so; null for nobody.</param>
public sealed class CaseActivities(ICaseWorker worker, CaseStaff? staff = null)
{
    private readonly CaseStaff _staff = staff ?? new CaseStaff();

    /// <summary>Which setting of the host is missing for a case with this input, or what in it is; null for nothing.</summary>
    public string? Refuse(CaseInput input) => _staff.Refuse(input);

    /// <summary>Opens the case.</summary>
    public Task<SupportCase> OpenCaseAsync(CaseInput input, CancellationToken cancellation = default) =>
        Task.FromResult(SupportCase.Open(input.InputCaseId));

    /// <summary>Assigns the case; where it comes with a key, to an employee. Run again, it finds the one whom it was given to.</summary>
    public async Task<SupportCase> AssignCaseAsync(SupportCase supportCase, CancellationToken cancellation = default) =>
        supportCase.Assign(supportCase.Key is { } key ? await _staff.AssignAsync(key, supportCase.Case, cancellation) : null);

    /// <summary>Tells the employee that the case waits. At least once, under one Message-ID.</summary>
    /// <returns>True.</returns>
    public async Task<bool> NotifyAgentAsync(AgentNotice notice, CancellationToken cancellation = default)
    {
        await _staff.NotifyAsync(notice, cancellation);
        return true;
    }

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
