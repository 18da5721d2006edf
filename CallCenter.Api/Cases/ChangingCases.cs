using CallCenter.Api.Http;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.Cases;

/// <summary>The calls that change a case: its end from outside, its removal.</summary>
internal sealed class ChangingCases(IOrchestrationClient client)
{
    /// <summary><c>POST /api/cases/{id}/terminate</c>.</summary>
    public async Task<ApiResponse> TerminateAsync(ApiRequest request, string id)
    {
        var reason = ReasonText.Read(new QueryString(request.Query).FirstFilled("reason"));
        var state = await client.FindAsync(id, request.Cancellation);
        if (state.HasEnded)
            return Ended(id, state.RuntimeStatus);
        return Answer(await client.TerminateAsync(id, reason, request.Cancellation), id, 202, "The case cannot be terminated now. Read it again.");
    }

    /// <summary><c>DELETE /api/cases/{id}</c>.</summary>
    public async Task<ApiResponse> DeleteAsync(ApiRequest request, string id)
    {
        var state = await client.FindAsync(id, request.Cancellation);
        var running = $"The case is {state.RuntimeStatus}. Only a case that has ended can be removed; terminate it first.";
        return state.HasEnded
            ? Answer(await client.PurgeAsync(id, request.Cancellation), id, 204, running)
            : Problem.Of(409, running);
    }

    internal static ApiResponse Answer(OrchestrationAnswer answer, string id, int accepted, string wrongState) => answer switch
    {
        OrchestrationAnswer.Accepted => new ApiResponse(accepted),
        OrchestrationAnswer.NotFound => FindingCases.NotFound(id),
        OrchestrationAnswer.Ended => Ended(id, null),
        _ => Problem.Of(409, wrongState),
    };

    internal static ApiResponse Ended(string id, OrchestrationRuntimeStatus? status) =>
        Problem.Of(410, $"The case '{Excerpt.Short(id)}' has ended{(status is null ? "" : $" ({status})")}: nothing can be told to it any more. GET /api/cases/{{id}} shows how it ended.");
}
