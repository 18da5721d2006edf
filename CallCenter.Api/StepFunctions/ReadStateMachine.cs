using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Api.Workflows;

namespace CallCenter.Api.StepFunctions;

/// <summary>ListStateMachines, DescribeStateMachine and DescribeStateMachineForExecution.</summary>
internal static class ReadStateMachine
{
    private const string Standard = "STANDARD";

    /// <summary>Lists them.</summary>
    public static Task<ApiResponse> ListAsync(AwsCall call)
    {
        var (machines, next) = PageToken.Cut(call.Options.Api.Workflows, call.Page(), "ListStateMachines");
        return Task.FromResult(AwsResponse.Ok(writer =>
        {
            writer.WriteStartArray("stateMachines");
            foreach (var served in machines)
            {
                writer.WriteStartObject();
                writer.WriteString("stateMachineArn", Arn.OfStateMachine($"arn:aws:states:{call.Region}:{served.Aws.Account}", served.StateMachine));
                writer.WriteString("name", served.StateMachine);
                writer.WriteString("type", Standard);
                writer.WriteTime("creationDate", call.Options.Created);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteText("nextToken", next);
        }));
    }

    /// <summary>Describes one.</summary>
    public static Task<ApiResponse> DescribeAsync(AwsCall call)
    {
        var (arn, served) = call.StateMachine();
        return Task.FromResult(AwsResponse.Ok(writer =>
        {
            Write(writer, arn, served);
            writer.WriteString("status", "ACTIVE");
            writer.WriteString("type", Standard);
            writer.WriteTime("creationDate", call.Options.Created);
        }));
    }

    /// <summary>Describes that of an execution.</summary>
    public static async Task<ApiResponse> DescribeForExecutionAsync(AwsCall call)
    {
        var execution = await call.ExecutionAsync();
        return AwsResponse.Ok(writer =>
        {
            Write(writer, execution.Arn, execution.Served);
            writer.WriteTime("updateDate", call.Options.Created);
        });
    }

    /// <summary>The role that nobody has, and that AWS's model wants to be named.</summary>
    public static string Role(Arn arn) => $"arn:aws:iam::{arn.Account}:role/CallCenter";

    private static void Write(Utf8JsonWriter writer, Arn arn, ServedWorkflow served)
    {
        writer.WriteString("stateMachineArn", arn.ToStateMachine());
        writer.WriteString("name", served.StateMachine);
        writer.WriteString("definition", served.Export.StatesLanguage);
        writer.WriteString("roleArn", Role(arn));
        writer.WriteStartObject("loggingConfiguration");
        writer.WriteString("level", "OFF");
        writer.WriteBoolean("includeExecutionData", false);
        writer.WriteEndObject();
        writer.WriteStartObject("tracingConfiguration");
        writer.WriteBoolean("enabled", false);
        writer.WriteEndObject();
    }
}
