using CallCenter.Api.Http;
using CallCenter.Api.Workflows;

namespace CallCenter.Api.Instances;

/// <summary>The calls that change an instance: its end from outside, its removal.</summary>
internal static class ChangeCalls
{
    /// <summary><c>POST /api/{collection}/{id}/terminate</c>.</summary>
    public static async Task<ApiResponse> TerminateAsync(Call call)
    {
        var reason = ReasonText.Read(new QueryString(call.Request.Query).FirstFilled("reason"));
        var state = await call.FindAsync();
        if (state.HasEnded)
            return call.Ended(state.RuntimeStatus);
        var answer = await call.Client.TerminateAsync(call.Id, reason, call.Cancellation);
        return call.Answer(answer, 202, $"The {call.Workflow.Item} cannot be terminated now. Read it again.");
    }

    /// <summary><c>DELETE /api/{collection}/{id}</c>.</summary>
    public static async Task<ApiResponse> DeleteAsync(Call call)
    {
        var state = await call.FindAsync();
        var running = $"The {call.Workflow.Item} is {state.RuntimeStatus}. Only {call.Workflow.One()} that has ended can be removed; terminate it first.";
        return state.HasEnded
            ? call.Answer(await call.Client.PurgeAsync(call.Id, call.Cancellation), 204, running)
            : Problem.Of(409, running);
    }
}
