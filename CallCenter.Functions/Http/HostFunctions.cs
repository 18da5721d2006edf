using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace CallCenter.Functions.Http;

/// <summary>The console, the OpenAPI document, the host's health, and all calls of the contract that start nothing.</summary>
/// <param name="api">Answers them all.</param>
public sealed class HostFunctions(ApiBridge api)
{
    /// <summary>The name of <see cref="AnswerStepFunctionsAsync"/>.</summary>
    public const string StepFunctions = "StepFunctionsApi";

    /// <summary>The name of <see cref="ConsoleAsync"/>.</summary>
    public const string Console = "Console";

    /// <summary>
    /// The name of <see cref="AnswerAsync"/>. The host tries HTTP functions in the alphabetical order of their names, and
    /// the first whose route fits wins, however general it is: so this must be the last name of all.
    /// </summary>
    public const string Rest = "ZzRest";

    /// <summary>Reads the contract as an OpenAPI document, open to all. Every method comes here, for no catch-all stands behind this path.</summary>
    [Function("GetOpenApi")]
    public Task<HttpResponseData> GetOpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "openapi.json")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>
    /// Says whether the host and its storage are well, open to all: what watches an app has no key. Other methods come to <see cref="AnswerAsync"/>.
    /// </summary>
    [Function("GetHealth")]
    public Task<HttpResponseData> GetHealthAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Says whether the app runs, open to all. Every method comes here, for no catch-all stands behind this path.</summary>
    [Function("GetLive")]
    public Task<HttpResponseData> GetLiveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "livez")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Says whether the app takes work, open to all. Every method comes here, for no catch-all stands behind this path.</summary>
    [Function("GetReady")]
    public Task<HttpResponseData> GetReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "readyz")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>
    /// Answers the AWS CLI and SDKs. No client of AWS can send a key of this host, so it is open to all here, and signatures are checked behind it. Every
    /// method comes here, for no catch-all stands behind this path.
    /// </summary>
    [Function(StepFunctions)]
    public Task<HttpResponseData> AnswerStepFunctionsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "aws/{*rest}")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerStepFunctionsAsync(request, client);

    /// <summary>Serves the console, open to all: somebody must be able to enter the key. Every method comes here too.</summary>
    [Function(Console)]
    public static Task<HttpResponseData> ConsoleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "console/{*path}")] HttpRequestData request) => ApiBridge.AnswerConsoleAsync(request);

    /// <summary>
    /// Answers every other call of the contract, and paths that it does not know with a problem.
    /// It wants a key: it must be no way around one.
    /// </summary>
    [Function(Rest)]
    public Task<HttpResponseData> AnswerAsync(
        [HttpTrigger(AuthorizationLevel.Function, Route = "api/{*rest}")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);
}
