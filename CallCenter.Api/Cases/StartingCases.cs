namespace CallCenter.Api;

/// <summary><c>POST /api/cases</c>.</summary>
internal sealed class StartingCases(IOrchestrationClient client, ApiOptions options)
{
    public async Task<ApiResponse> StartAsync(ApiRequest request)
    {
        var (input, wantedId) = await ReadAsync(request);
        var id = await client.ScheduleAsync(CallCenterWorkflow.Name, input, wantedId, request.Cancellation);
        if (id is null)
            return Problem.Of(409, $"There is a case with the instance id '{wantedId}' already, running or ended. Nothing was started. Choose another instance id, or leave it out for a generated one.");

        if (Prefer.WaitSeconds(request.Header("Prefer")) is > 0 and var seconds && await EndAsync(id, seconds, request.Cancellation) is { } ended)
            return new ApiResponse(200, ApiResponse.JsonType, CaseBody.Write(ended)).With("Preference-Applied", $"wait={seconds}");
        return new CheckStatus(id, options.StatusUri(request, id)).ToResponse();
    }

    /// <summary>Everything that was asked for; nothing is started when anything is wrong with it.</summary>
    private async Task<(CaseInput Input, string? InstanceId)> ReadAsync(ApiRequest request)
    {
        using var body = await RequestBody.ReadJsonAsync(request, CaseInputReader.Example);
        var errors = new List<FieldError>();
        var input = CaseInputReader.Read(body, options.Defaults, errors);
        var id = new QueryString(request.Query).First("instanceId");
        if (id is not null && InstanceIds.Fault(id) is { } fault)
            errors.Add(new("instanceId", fault));
        return errors.Count == 0 ? (input, id) : throw new RefusedException(Problem.BadRequest(errors));
    }

    /// <summary>The case when it has ended in time, else null: it is started in any case, and the caller is told so.</summary>
    private async Task<OrchestrationState?> EndAsync(string id, int seconds, CancellationToken cancellation)
    {
        try
        {
            var state = await client.WaitForCompletionAsync(id, TimeSpan.FromSeconds(seconds), cancellation);
            return state is { HasEnded: true } ? state : null;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
