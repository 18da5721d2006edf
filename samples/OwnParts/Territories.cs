using CallCenter.Workflows.Employees;

namespace CallCenter.Samples.OwnParts;

/// <summary>Assigns without a table: the first letter of a case decides who has it.</summary>
/// <param name="employees">Who shares the alphabet.</param>
public sealed class Territories(IReadOnlyList<Employee> employees) : IAssignments
{
    /// <inheritdoc/>
    public Task<Employee> AssignAsync(string key, string caseId, CancellationToken cancellation)
    {
        if (employees.Count == 0)
            throw new AssignmentException("Nobody is there to whom the case could be assigned. Set CallCenter:Employees:0:Id, Name and Email.");
        return Task.FromResult(employees[char.ToUpperInvariant(caseId[0]) % employees.Count]);
    }
}
