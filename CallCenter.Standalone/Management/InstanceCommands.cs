using System.Text.Json;
using CallCenter.Api;
using CallCenter.Api.Http;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;

namespace CallCenter.Standalone.Management;

/// <summary>The changing calls of the management API that answer with a body.</summary>
internal sealed class InstanceCommands(EmbeddedClient client, Func<ApiRequest, string, string> statusUri)
{
    private const int MostEventName = 256;

    public async Task<ApiResponse> RaiseEventAsync(ApiRequest request, string id, string name)
    {
        // The state counts before the content, as in the original.
        if (client.Get(id) is not { } shown)
            return new ApiResponse(404);
        if (shown.End is not null)
            return new ApiResponse(410);
        if (request.Header("Content-Type")?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return ManagementJson.Error(400, "Only application/json request content is supported");
        if (name.Length > MostEventName)
            throw new RefusedException(Problem.Of(400, $"The event's name is {name.Length} characters long; at most {MostEventName} are allowed."));
        var body = await RequestBody.ReadAsync(request);
        try
        {
            EventPayload.Check(body.Span);
            using var payload = JsonDocument.Parse(body);
            return ManagementApi.Empty(await client.RaiseEventAsync(id, name, payload.RootElement, request.Cancellation));
        }
        catch (JsonException invalid)
        {
            return ManagementJson.Error(400, "Invalid JSON content", invalid);
        }
    }

    public async Task<ApiResponse> RewindAsync(ApiRequest request, ManagementQuery query, string id) =>
        await client.RewindAsync(id, query.Reason, request.Cancellation) switch
        {
            OrchestrationAnswer.Accepted => new ApiResponse(202),
            OrchestrationAnswer.NotFound => ManagementJson.Text(404, $"No orchestration with instance ID \"{id}\" found."),
            _ => ManagementJson.Text(412,
                $"This orchestration has status {client.Get(id)?.Status}, but only orchestrations in the \"Failed\" state can be rewound."),
        };

    public async Task<ApiResponse> RestartAsync(ApiRequest request, ManagementQuery query, string id)
    {
        var (answer, started) = await client.RestartAsync(id, query.WithNewInstanceId, request.Cancellation);
        return answer switch
        {
            OrchestrationAnswer.Accepted => new CheckStatus(started!, statusUri(request, started!)).ToResponse(),
            OrchestrationAnswer.NotFound => ManagementJson.Error(400, "InstanceId does not match a valid orchestration instance."),
            _ => ManagementJson.Error(409, "A non-terminal instance with this instance ID already exists."),
        };
    }

    public async Task<ApiResponse> PurgeAsync(ApiRequest request, string id) =>
        await client.PurgeAsync(id, request.Cancellation) switch
        {
            OrchestrationAnswer.Accepted => Deleted(1),
            OrchestrationAnswer.NotFound => new ApiResponse(404),
            _ => ManagementJson.Text(412,
                "Only orchestrations in a terminal state can be purged, " +
                $"but the orchestration with instance ID {id} has status {client.Get(id)?.Status}."),
        };

    public async Task<ApiResponse> PurgeAllAsync(ApiRequest request, ManagementQuery query)
    {
        var filter = query.ToFilter(null, absentTop: int.MaxValue, emptyIsNone: false);
        if (filter is { CreatedFrom: null })
            return ManagementJson.Text(400, "Please provide value for 'createdTimeFrom' parameter.");
        var deleted = filter is null ? 0 : await client.PurgeAsync(filter, request.Cancellation);
        return deleted == 0 ? new ApiResponse(404) : Deleted(deleted);
    }

    private static ApiResponse Deleted(int count) => ManagementJson.Body(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("instancesDeleted", count);
        writer.WriteEndObject();
    });
}
