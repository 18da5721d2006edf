using CallCenter.Api.Http;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Api.Cases;

/// <summary>Finds the case that a path names.</summary>
internal static class FindingCases
{
    /// <summary>The case. Instances of other orchestrations in the same storage are none.</summary>
    /// <exception cref="RefusedException">404.</exception>
    public static async Task<OrchestrationState> FindAsync(this IOrchestrationClient client, string id, CancellationToken cancellation)
    {
        // An id that no case can have is not even asked for: '@' would lead to another kind of instance.
        var state = InstanceIds.Impossible(id) is null ? await client.GetAsync(id, cancellation) : null;
        return state?.Name == CallCenterWorkflow.Name ? state : throw new RefusedException(NotFound(id));
    }

    /// <summary>The refusal of an id that is not there (any more).</summary>
    public static ApiResponse NotFound(string id) =>
        Problem.Of(404, $"There is no case with the instance id '{Excerpt.Short(id)}'. GET /api/cases lists those there are.");
}
