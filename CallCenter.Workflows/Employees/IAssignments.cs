namespace CallCenter.Workflows.Employees;

/// <summary>Who gets which case: the table that remembers it.</summary>
public interface IAssignments
{
    /// <summary>
    /// Assigns a case to an employee, once for each key:
    /// the same key gets the same employee however often, from however many callers at a time and after whatever crash it is asked for.
    /// The answer is always read from the table, so it is the one that everybody else sees.
    /// </summary>
    /// <param name="key">
    /// Names this assignment. An activity may run twice, so it must get the same key again; a process that is started anew under the same instance
    /// id is another run and needs another one: <c>{instance id}/{start of the run}/{state}/{attempt}</c>.
    /// </param>
    /// <param name="caseId">The case, for people who read the table.</param>
    /// <param name="cancellation">Gives up the attempt. Whether the assignment was stored is then open; asking again with the same key tells.</param>
    /// <returns>The employee, with the name and address of now: they may have changed since the case was assigned.</returns>
    /// <exception cref="AssignmentException">No employee can be had: the table cannot be reached or used, or holds nobody.</exception>
    Task<Employee> AssignAsync(string key, string caseId, CancellationToken cancellation);
}
