using CallCenter.Api.Http;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Api.Cases;

/// <summary><c>POST /api/cases</c>.</summary>
internal sealed class StartingCases(IOrchestrationClient client, ApiOptions options)
{
    public async Task<ApiResponse> StartAsync(ApiRequest request)
    {
        var (input, wantedId) = await ReadAsync(request);
        var id = await client.ScheduleAsync(CallCenterWorkflow.Name, input, wantedId, request.Cancellation);
        if (id is null)
            return Problem.Of(409, $"There is a case with the instance id '{wantedId}' already, running or ended. Nothing was started. Choose another instance id, or leave it out for a generated one.");

        return await EndedAsync(request, id) ?? new CheckStatus(id, options.StatusUri(request, id)).ToResponse();
    }

    /// <summary>Everything that was asked for; nothing is started when anything is wrong with it.</summary>
    private async Task<(CaseInput Input, string? InstanceId)> ReadAsync(ApiRequest request)
    {
        using var body = await RequestBody.ReadJsonAsync(request, CaseInputReader.Example);
        var errors = new List<FieldError>();
        var input = CaseInputReader.Read(body, options.Defaults, errors);
        var ids = new QueryString(request.Query).All("instanceId").ToArray();
        if (ids.Length > 1)
            errors.Add(new("instanceId", "'instanceId' is given twice. Give it once."));
        else if (ids is [var id] && InstanceIds.Fault(id) is { } fault)
            errors.Add(new("instanceId", fault));
        return errors.Count == 0 ? (input, ids.FirstOrDefault()) : throw new RefusedException(Problem.BadRequest(errors));
    }

    /// <summary>
    /// The case, when the caller prefers to wait and it ends in time; else null. It is started in any case, and whatever goes
    /// wrong from here on must not tell the caller otherwise.
    /// </summary>
    private async Task<ApiResponse?> EndedAsync(ApiRequest request, string id)
    {
        if (Prefer.WaitSeconds(request.Header("Prefer")) is not (> 0 and var seconds))
            return null;
        try
        {
            return await client.WaitForCompletionAsync(id, TimeSpan.FromSeconds(seconds), request.Cancellation) is { HasEnded: true } state
                ? new ApiResponse(200, ApiResponse.JsonType, CaseBody.Write(state)).With("Preference-Applied", $"wait={seconds}")
                : null;
        }
        catch (Exception error)
        {
            if (!request.Cancellation.IsCancellationRequested)
                options.OnError?.Invoke(error, request);
            return null;
        }
    }
}
