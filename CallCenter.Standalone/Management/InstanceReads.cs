using CallCenter.Api.Http;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;

namespace CallCenter.Standalone.Management;

/// <summary>The reading calls of the management API.</summary>
internal sealed class InstanceReads(EmbeddedClient client)
{
    /// <summary>Both a header of the request and one of the response.</summary>
    private const string ContinuationHeader = "x-ms-continuation-token";

    public ApiResponse Get(ApiRequest request, ManagementQuery query, string id)
    {
        if (client.Get(id) is not { } shown)
            return new ApiResponse(404);
        var status = shown.Status switch
        {
            OrchestrationRuntimeStatus.Failed => query.InternalServerErrorOnFailure ? 500 : 200,
            OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Terminated => 200,
            _ => 202,
        };
        var answer = ManagementJson.Body(status, writer => ManagementJson.Status(writer, shown, query, query.ShowHistory ? client.StartsDuring(shown) : null));
        return status == 202
            ? answer.With("Location", request.BaseUri + request.Path + request.Query).With("Retry-After", "5")
            : answer;
    }

    public Task<ApiResponse> ListAsync(ApiRequest request, ManagementQuery query)
    {
        try
        {
            var token = request.Header(ContinuationHeader) is { Length: > 0 } given ? given : null;
            var page = query.ToFilter(token) is { } filter ? client.List(filter, request.Cancellation) : new([], null, null);
            return Task.FromResult(ManagementJson.Body(200, writer =>
            {
                writer.WriteStartArray();
                foreach (var shown in page.Instances)
                    ManagementJson.Status(writer, shown, query);
                writer.WriteEndArray();
            }).With(ContinuationHeader, page.Next ?? ""));
        }
        catch (InvalidContinuationTokenException invalid)
        {
            return Task.FromResult(ManagementJson.Error(400, invalid.Message));
        }
    }
}
