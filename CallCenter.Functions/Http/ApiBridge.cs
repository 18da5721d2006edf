using System.Net;
using CallCenter.Api;
using CallCenter.Api.Console;
using CallCenter.Api.Http;
using CallCenter.Functions.Client;
using CallCenter.Workflows.CallCenter;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CallCenter.Functions.Http;

/// <summary>Hands the requests of all HTTP functions to the contract, and its answers back: nothing is decided here.</summary>
/// <param name="defaults">What a case's input holds where the caller leaves it out.</param>
/// <param name="logger">Told of what nobody expected.</param>
public sealed class ApiBridge(CaseInput defaults, ILogger<ApiBridge> logger)
{
    /// <summary>The name of this host, as <c>/api/health</c> gives it.</summary>
    public const string HostName = "functions";

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">The function's own client: its binding carries the key that the management URIs need.</param>
    public async Task<HttpResponseData> AnswerAsync(HttpRequestData request, DurableTaskClient client)
    {
        if (request.Headers.Contains("Transfer-Encoding"))
            return await WriteAsync(BodyWithoutLength(), request);
        var api = new CallCenterApi(new DurableOrchestrationClient(client), new ApiOptions
        {
            HostName = HostName,
            Defaults = defaults,
            // Only the status URI is the SDK's: its other eight are incomplete, and its body is written in PascalCase.
            StatusUri = (_, instanceId) => client.CreateHttpManagementPayload(instanceId, request).StatusQueryGetUri!,
            OnError = (error, failed) => logger.LogError(error, "{Method} {Path} failed", failed.Method, failed.Path),
        });
        return await WriteAsync(await api.HandleAsync(Read(request)), request);
    }

    /// <summary>Answers a request for the console's files, which hold no data and need no client.</summary>
    public static Task<HttpResponseData> AnswerConsoleAsync(HttpRequestData request) => WriteAsync(ConsoleFiles.Handle(Read(request)), request);

    /// <summary>The host hands over a body only when its length was sent, and an empty one otherwise: no caller would guess that.</summary>
    private static ApiResponse BodyWithoutLength() =>
        Problem.Of(400, "The body has not arrived: Azure Functions drops one that is sent in chunks. Send it with its 'Content-Length', and without 'Transfer-Encoding'.");

    /// <summary>The request as the contract wants it.</summary>
    private static ApiRequest Read(HttpRequestData request) => new()
    {
        Method = request.Method.ToUpperInvariant(),
        Path = request.Url.AbsolutePath,
        Query = request.Url.Query,
        Header = name => request.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null,
        Body = request.Body,
        BaseUri = request.Url.GetLeftPart(UriPartial.Authority),
        HostRequest = request,
        Cancellation = request.FunctionContext.CancellationToken,
    };

    private static async Task<HttpResponseData> WriteAsync(ApiResponse answer, HttpRequestData request)
    {
        var response = request.CreateResponse((HttpStatusCode)answer.Status);
        foreach (var (name, value) in answer.Headers)
            response.Headers.Add(name, value);
        if (answer.ContentType is not null)
            response.Headers.Add("Content-Type", answer.ContentType);
        await response.Body.WriteAsync(answer.Body);
        return response;
    }
}
