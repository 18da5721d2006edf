using CallCenter.Api.Http;

namespace CallCenter.Api.StepFunctions;

/// <summary>GetExecutionHistory.</summary>
internal static class GetExecutionHistory
{
    /// <summary>Tells it, in either order and page by page. The numbers of the events are the same in both orders.</summary>
    public static async Task<ApiResponse> RunAsync(AwsCall call)
    {
        var page = call.Page();
        var (reverse, withData) = (call.Flag("reverseOrder", absent: false), call.Flag("includeExecutionData", absent: true));
        var execution = await call.ExecutionAsync();
        var events = ExecutionHistory.Of(execution).Select((each, index) => (Event: each, Id: index + 1)).ToList();
        if (reverse)
            events.Reverse();
        var (shown, next) = PageToken.Cut(events, page, $"{execution.Arn.Text}/{reverse}");
        return AwsResponse.Ok(writer =>
        {
            writer.WriteStartArray("events");
            foreach (var (each, id) in shown)
                each.WriteTo(writer, id, withData);
            writer.WriteEndArray();
            writer.WriteText("nextToken", next);
        });
    }
}
