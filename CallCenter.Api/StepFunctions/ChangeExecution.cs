using CallCenter.Api.Http;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.StepFunctions;

/// <summary>StopExecution and RedriveExecution.</summary>
internal static class ChangeExecution
{
    private const int MaxError = 256;
    private const int MaxCause = 32_768;
    private const int MaxClientToken = 64;

    /// <summary>Ends it. One that has ended stays as it is.</summary>
    public static async Task<ApiResponse> StopAsync(AwsCall call)
    {
        var reason = StopReason.Write(call.Text("error", most: MaxError), call.Text("cause", most: MaxCause));
        var execution = await call.ExecutionAsync();
        call.Demand(execution.Served);
        var answer = execution.State.HasEnded
            ? OrchestrationAnswer.Ended
            : await call.Client.TerminateAsync(execution.State.InstanceId, reason, call.Cancellation);
        var state = await call.Client.GetAsync(execution.State.InstanceId, call.Cancellation);
        if (answer == OrchestrationAnswer.NotFound || state is null)
            throw AwsCall.DoesNotExist(execution.Arn);
        return AwsResponse.Ok(writer => writer.WriteTime("stopDate", state.HasEnded ? state.LastUpdatedAt : call.Now));
    }

    /// <summary>Takes it up again where it failed.</summary>
    public static async Task<ApiResponse> RedriveAsync(AwsCall call)
    {
        call.Text("clientToken", least: 1, MaxClientToken);
        var execution = await call.ExecutionAsync();
        call.Demand(execution.Served);
        var at = call.Now;
        return await call.Client.RewindAsync(execution.State.InstanceId, "RedriveExecution", call.Cancellation) switch
        {
            OrchestrationAnswer.Accepted => AwsResponse.Ok(writer => writer.WriteTime("redriveDate", at)),
            OrchestrationAnswer.NotFound => throw AwsCall.DoesNotExist(execution.Arn),
            _ => throw new AwsRefusedException("ExecutionNotRedrivable", NotRedrivable(execution)),
        };
    }

    /// <summary>Why it cannot be taken up again.</summary>
    public static string NotRedrivable(Execution execution) => $"Execution is {execution.Status} and cannot be redriven";
}
