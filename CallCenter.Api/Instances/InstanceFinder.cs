using CallCenter.Api.Http;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Instances;

/// <summary>Finds the instance that a path names.</summary>
internal static class InstanceFinder
{
    /// <summary>The instance. Those of other orchestrations in the same storage are none.</summary>
    /// <exception cref="RefusedException">404.</exception>
    public static async Task<OrchestrationState> FindAsync(this Call call)
    {
        // An id that no instance can have is not even asked for: '@' would lead to another kind of instance.
        var state = InstanceIds.Impossible(call.Id) is null ? await call.Client.GetAsync(call.Id, call.Cancellation) : null;
        return state?.Name == call.Workflow.Name ? state : throw new RefusedException(call.NotFound());
    }

    /// <summary>The refusal of an id that is not there (any more).</summary>
    public static ApiResponse NotFound(this Call call) =>
        Problem.Of(404,
            $"There is no {call.Workflow.Item} with the instance id '{Excerpt.Short(call.Id)}'. " +
            $"GET /api/{call.Workflow.Collection} lists those that exist.");

    /// <summary>The refusal of a call that comes after the end.</summary>
    public static ApiResponse Ended(this Call call, OrchestrationRuntimeStatus? status) => Problem.Of(410,
        $"The {call.Workflow.Item} '{Excerpt.Short(call.Id)}' has ended{(status is null ? "" : $" ({status})")}: " +
        $"it accepts nothing more. GET /api/{call.Workflow.Collection}/{{id}} shows how it ended.");

    /// <summary>What a runtime answered, for the caller.</summary>
    /// <param name="call">The call.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="accepted">The status code when it is done.</param>
    /// <param name="wrongState">The refusal when the instance is in a state that the call does not fit.</param>
    public static ApiResponse Answer(this Call call, OrchestrationAnswer answer, int accepted, string wrongState) => answer switch
    {
        OrchestrationAnswer.Accepted => new ApiResponse(accepted),
        OrchestrationAnswer.NotFound => call.NotFound(),
        OrchestrationAnswer.Ended => call.Ended(null),
        _ => Problem.Of(409, wrongState),
    };
}
