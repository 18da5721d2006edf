using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Schema;

namespace CallCenter.Api.Instances;

/// <summary><c>POST /api/{collection}</c>.</summary>
internal static class StartCall
{
    public static async Task<ApiResponse> StartAsync(Call call, ApiOptions options)
    {
        var (input, wantedId) = await ReadAsync(call);
        if (call.Workflow.Refuse(input) is { } refusal)
            return Problem.Of(400, refusal);
        var id = await call.Client.ScheduleAsync(call.Workflow.Name, input, wantedId, call.Cancellation);
        if (id is null)
        {
            return Problem.Of(409,
                $"There is already {call.Workflow.One()} with the instance id '{wantedId}', running or ended. Nothing was started. " +
                "Choose another instance id, or leave it out for a generated one.");
        }

        if (await EndedAsync(call, options, id) is { } ended)
            return ended;
        return options.ManagementUris
            ? new CheckStatus(id, options.StatusUri(call.Request, id)).ToResponse()
            : CheckStatus.WithoutUris(id, $"{call.Request.BaseUri}/api/{call.Workflow.Collection}/{Uri.EscapeDataString(id)}");
    }

    /// <summary>Everything that was asked for; nothing is started when anything is wrong with it.</summary>
    private static async Task<(JsonElement Input, string? InstanceId)> ReadAsync(Call call)
    {
        var errors = new List<FieldError>();
        var input = await RequestBody.ReadAsync(call.Request, call.Served.Input, errors);
        var ids = new QueryString(call.Request.Query).All("instanceId").ToArray();
        if (ids.Length > 1)
            errors.Add(new("instanceId", "'instanceId' is given twice. Give it once."));
        else if (ids is [var id] && InstanceIds.Fault(id) is { } fault)
            errors.Add(new("instanceId", fault));
        return errors.Count == 0 ? (input, ids.FirstOrDefault()) : throw new RefusedException(Problem.BadRequest(errors));
    }

    /// <summary>
    /// The instance, when the caller prefers to wait and it ends in time; else null. It is started in any case, and whatever goes
    /// wrong from here on must not tell the caller otherwise.
    /// </summary>
    private static async Task<ApiResponse?> EndedAsync(Call call, ApiOptions options, string id)
    {
        if (Prefer.WaitSeconds(call.Request.Header("Prefer")) is not (> 0 and var seconds))
            return null;
        try
        {
            return await call.Client.WaitForCompletionAsync(id, TimeSpan.FromSeconds(seconds), call.Cancellation) is { HasEnded: true } state
                ? new ApiResponse(200, ApiResponse.JsonType, InstanceBody.Write(call.Served, state)).With("Preference-Applied", $"wait={seconds}")
                : null;
        }
        catch (Exception error)
        {
            if (!call.Cancellation.IsCancellationRequested)
                options.OnError?.Invoke(error, call.Request);
            return null;
        }
    }
}
