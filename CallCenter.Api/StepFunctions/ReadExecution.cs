using CallCenter.Api.Http;
using CallCenter.Api.Instances;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.StepFunctions;

/// <summary>DescribeExecution.</summary>
internal static class ReadExecution
{
    private const string Metadata = "METADATA_ONLY";

    /// <summary>Describes it.</summary>
    public static async Task<ApiResponse> DescribeAsync(AwsCall call)
    {
        var withData = call.OneOf("includedData", "ALL_DATA", Metadata) != Metadata;
        var execution = await call.ExecutionAsync();
        using var view = new InstanceView(execution.Served, execution.State);
        var (error, cause) = execution.Failure(view);
        return AwsResponse.Ok(writer =>
        {
            execution.WriteHead(writer);
            if (withData)
            {
                writer.WriteData("input", execution.State.Input);
                writer.WriteData("output", execution.State.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? execution.State.Output : null);
            }
            writer.WriteText("error", error);
            writer.WriteText("cause", cause);
            var isRedrivable = execution.State.RuntimeStatus == OrchestrationRuntimeStatus.Failed;
            writer.WriteString("redriveStatus", isRedrivable ? "REDRIVABLE" : "NOT_REDRIVABLE");
            writer.WriteText("redriveStatusReason", isRedrivable ? null : ChangeExecution.NotRedrivable(execution));
        });
    }
}
