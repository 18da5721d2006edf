using CallCenter.Api.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace CallCenter.Functions.Http;

/// <summary>The calls about the host and the process, and the refusal of every other path.</summary>
/// <param name="api">Answers them all.</param>
public sealed class HostFunctions(ApiBridge api)
{
    /// <summary>The name of <see cref="ConsoleAsync"/>.</summary>
    public const string Console = "Console";

    /// <summary>
    /// The name of <see cref="UnknownPathAsync"/>. The host tries HTTP functions in the alphabetical order of their names, and
    /// the first whose route fits wins, however general it is: so this must be the last name of all.
    /// </summary>
    public const string UnknownPath = "ZzUnknownPath";

    /// <summary>Reads the process as data.</summary>
    [Function(ApiRoutes.GetWorkflow)]
    public Task<HttpResponseData> GetWorkflowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/workflow")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Asks whether the host is well.</summary>
    [Function(ApiRoutes.GetHealth)]
    public Task<HttpResponseData> GetHealthAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/health")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Reads the contract as an OpenAPI document, open to all. Every method comes here, for no catch-all stands behind this path.</summary>
    [Function(ApiRoutes.GetOpenApi)]
    public Task<HttpResponseData> GetOpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "openapi.json")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Serves the console, open to all: somebody must be able to enter the key. Every method comes here too.</summary>
    [Function(Console)]
    public static Task<HttpResponseData> ConsoleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "console/{*path}")] HttpRequestData request) => ApiBridge.AnswerConsoleAsync(request);

    /// <summary>Answers what no other function takes with 404 or 405 and a problem. It wants a key like the calls themselves: it must be no way around theirs.</summary>
    [Function(UnknownPath)]
    public Task<HttpResponseData> UnknownPathAsync(
        [HttpTrigger(AuthorizationLevel.Function, Route = "api/{*rest}")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);
}
