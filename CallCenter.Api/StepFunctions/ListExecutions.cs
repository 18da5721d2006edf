using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.StepFunctions;

/// <summary>ListExecutions.</summary>
internal static class ListExecutions
{
    /// <summary>Lists them, the newest first where the host can.</summary>
    public static async Task<ApiResponse> RunAsync(AwsCall call)
    {
        if (call.Text("mapRunArn") is not null)
            throw AwsRefusedException.Validation("There are no Map Runs here: give 'stateMachineArn' alone.");
        if (call.Text("redriveFilter") is not null)
            throw AwsRefusedException.Validation("'redriveFilter' is for the executions of a Map Run, and there are none here. Leave it out.");
        var (size, token) = call.Page();
        var status = call.OneOf("statusFilter", ExecutionStatus.All);
        if (status == ExecutionStatus.PendingRedrive)
            throw AwsRefusedException.Validation("'PENDING_REDRIVE' is a status of the executions of a Map Run, and there are none here.");
        var (machine, served) = call.StateMachine();
        var scope = $"{served.StateMachine}/{status}";
        var position = token is null ? null : CheckedToken.Read(token, scope);
        var page = status == ExecutionStatus.TimedOut ? new OrchestrationPage([], null) : await QueryAsync(call, new OrchestrationQuery
        {
            Name = served.Workflow.Name,
            Statuses = status is null ? [] : ExecutionStatus.Meant(status),
            Top = size,
            ContinuationToken = position,
        });
        return AwsResponse.Ok(writer =>
        {
            writer.WriteStartArray("executions");
            foreach (var state in page.Instances)
                Write(writer, new Execution(machine.WithExecution(state.InstanceId), served, state));
            writer.WriteEndArray();
            writer.WriteText("nextToken", page.ContinuationToken is { } next ? CheckedToken.Write(next, scope) : null);
        });
    }

    private static async Task<OrchestrationPage> QueryAsync(AwsCall call, OrchestrationQuery query)
    {
        try
        {
            return await call.Client.QueryAsync(query, call.Cancellation);
        }
        catch (InvalidContinuationTokenException)
        {
            throw AwsRefusedException.InvalidToken();
        }
    }

    private static void Write(Utf8JsonWriter writer, Execution execution)
    {
        writer.WriteStartObject();
        execution.WriteHead(writer);
        writer.WriteEndObject();
    }
}
