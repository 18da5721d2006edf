using CallCenter.Api.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace CallCenter.Functions.Http;

/// <summary>The calls about cases, one function for each row of <see cref="ApiRoutes"/>. HEAD is GET without the body.</summary>
/// <param name="api">Answers them all.</param>
public sealed class CaseFunctions(ApiBridge api)
{
    /// <summary>Starts a case.</summary>
    [Function(ApiRoutes.StartCase)]
    public Task<HttpResponseData> StartCaseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/cases")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Lists cases.</summary>
    [Function(ApiRoutes.ListCases)]
    public Task<HttpResponseData> ListCasesAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/cases")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Reads a case.</summary>
    [Function(ApiRoutes.GetCase)]
    public Task<HttpResponseData> GetCaseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/cases/{id}")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Removes a case that has ended.</summary>
    [Function(ApiRoutes.DeleteCase)]
    public Task<HttpResponseData> DeleteCaseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/cases/{id}")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Answers a case that waits for an agent.</summary>
    [Function(ApiRoutes.AnswerCase)]
    public Task<HttpResponseData> AnswerCaseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/cases/{id}/work")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);

    /// <summary>Ends a case.</summary>
    [Function(ApiRoutes.TerminateCase)]
    public Task<HttpResponseData> TerminateCaseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/cases/{id}/terminate")] HttpRequestData request,
        [DurableClient] DurableTaskClient client) => api.AnswerAsync(request, client);
}
