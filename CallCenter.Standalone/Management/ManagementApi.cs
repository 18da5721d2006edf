using CallCenter.Api.Http;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Standalone.Http;

namespace CallCenter.Standalone.Management;

/// <summary>
/// The Durable Functions HTTP management API over the embedded runtime: the paths, status codes and bodies of the host extension
/// (Azure/azure-functions-durable-extension, HttpApiHandler), so that a client of the one works with the other.
/// </summary>
internal sealed class ManagementApi(EmbeddedClient client, Func<ApiRequest, string, string> statusUri)
{
    /// <summary>Where it is served.</summary>
    public const string Root = "/runtime/webhooks/durabletask";

    private readonly InstanceReads _reads = new(client);
    private readonly InstanceCommands _commands = new(client, statusUri);

    /// <summary>
    /// Serves it. As in the original, an unknown path or a wrong method is 404;
    /// where that has no body, <see cref="CallersFaultExtensions"/> adds words.
    /// </summary>
    public void Map(IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var request = context.ToApiRequest();
        if (request.Path.StartsWith(Root + "/", StringComparison.OrdinalIgnoreCase))
            await (await AnswerAsync(request, new ManagementQuery(context.Request.Query))).WriteToAsync(context);
        else
            await next(context);
    });

    /// <summary>A path of this API without what names an instance or an event; null for any other path.</summary>
    public static string? RouteOf(string path) => !path.StartsWith(Root + "/", StringComparison.OrdinalIgnoreCase)
        ? null
        : path[(Root.Length + 1)..].Split('/') switch
        {
            ["instances"] => Root + "/instances",
            ["instances", _] => Root + "/instances/{instanceId}",
            ["instances", _, "raiseEvent", _] => Root + "/instances/{instanceId}/raiseEvent/{eventName}",
            ["instances", _, ("terminate" or "suspend" or "resume" or "rewind" or "restart") and var action] => $"{Root}/instances/{{instanceId}}/{action}",
            _ => null,
        };

    private async Task<ApiResponse> AnswerAsync(ApiRequest request, ManagementQuery query)
    {
        try
        {
            string[] path = [.. request.Path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
            return (request.Method, path) switch
            {
                ("GET", ["instances"]) => await _reads.ListAsync(request, query),
                ("DELETE", ["instances"]) => await _commands.PurgeAllAsync(request, query),
                ("GET", ["instances", var id]) => _reads.Get(request, query, id),
                ("DELETE", ["instances", var id]) => await _commands.PurgeAsync(request, id),
                ("POST", ["instances", var id, "raiseEvent", var name]) => await _commands.RaiseEventAsync(request, id, name),
                ("POST", ["instances", var id, "terminate"]) => Empty(await client.TerminateAsync(id, query.Reason, request.Cancellation)),
                ("POST", ["instances", var id, "suspend"]) => Empty(await client.SuspendAsync(id, query.Reason, request.Cancellation)),
                ("POST", ["instances", var id, "resume"]) => Empty(await client.ResumeAsync(id, query.Reason, request.Cancellation)),
                ("POST", ["instances", var id, "rewind"]) => await _commands.RewindAsync(request, query, id),
                ("POST", ["instances", var id, "restart"]) => await _commands.RestartAsync(request, query, id),
                _ => new ApiResponse(404),
            };
        }
        catch (RefusedException refusal)
        {
            return refusal.Response;
        }
        catch (OrchestrationUnavailableException unavailable)
        {
            return ManagementJson.Error(503, unavailable.Message).With("Retry-After", $"{(int)Math.Ceiling(unavailable.RetryAfter.TotalSeconds)}");
        }
    }

    /// <summary>The answer to a call whose bodies are all empty.</summary>
    internal static ApiResponse Empty(OrchestrationAnswer answer) => new(answer switch
    {
        OrchestrationAnswer.Accepted => 202,
        OrchestrationAnswer.NotFound => 404,
        _ => 410,
    });
}
