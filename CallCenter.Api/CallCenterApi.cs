using CallCenter.Api.Cases;
using CallCenter.Api.Host;
using CallCenter.Api.Http;
using CallCenter.Api.Routing;
using CallCenter.Durable.Seams;

namespace CallCenter.Api;

/// <summary>
/// The HTTP contract. A host hands it every request for a path that <see cref="Owns"/> is true of, and writes out the
/// response; everything about routes, bodies and refusals is decided here, once for all hosts.
/// </summary>
public sealed class CallCenterApi
{
    private readonly ApiOptions _options;
    private readonly Dictionary<string, Func<ApiRequest, string, Task<ApiResponse>>> _handlers;

    /// <param name="client">The durable runtime.</param>
    /// <param name="options">What the host tells about itself.</param>
    public CallCenterApi(IOrchestrationClient client, ApiOptions options)
    {
        _options = options;
        var (starting, reading, changing) = (new StartingCases(client, options), new ReadingCases(client), new ChangingCases(client));
        var answering = new AnsweringCases(client, options.Clock);
        var host = new HostInformation(options);
        _handlers = new(StringComparer.Ordinal)
        {
            [ApiRoutes.StartCase] = (request, _) => starting.StartAsync(request),
            [ApiRoutes.ListCases] = (request, _) => reading.ListAsync(request),
            [ApiRoutes.GetCase] = reading.GetAsync,
            [ApiRoutes.DeleteCase] = changing.DeleteAsync,
            [ApiRoutes.AnswerCase] = answering.AnswerAsync,
            [ApiRoutes.TerminateCase] = changing.TerminateAsync,
            [ApiRoutes.GetWorkflow] = (request, _) => Task.FromResult(WorkflowExport.Get(request)),
            [ApiRoutes.GetHealth] = (_, _) => Task.FromResult(host.Health()),
            [ApiRoutes.GetOpenApi] = (request, _) => Task.FromResult(OpenApiDocument.Get(request)),
        };
    }

    /// <summary>True for the paths that this contract answers for, with a refusal if need be: everything under <c>/api</c>, and <c>/openapi.json</c>.</summary>
    /// <param name="path">The path, as it was sent.</param>
    public static bool Owns(string path) =>
        path.Equals("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase)
        || path.Equals("/openapi.json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers a request. It never throws.</summary>
    public async Task<ApiResponse> HandleAsync(ApiRequest request)
    {
        var response = await AnswerAsync(request);
        return request.Method == "HEAD" ? response.WithoutBody() : response;
    }

    private async Task<ApiResponse> AnswerAsync(ApiRequest request)
    {
        try
        {
            var (route, id) = Router.Find(request.Method, request.Path);
            return await _handlers[route.OperationId](request, id);
        }
        catch (RefusedException refusal)
        {
            return refusal.Response;
        }
        catch (OrchestrationUnavailableException unavailable)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling(unavailable.RetryAfter.TotalSeconds));
            return Problem.Of(503, unavailable.Message).With("Retry-After", $"{seconds}");
        }
        catch (Exception error) when (_options.CallersFault(error) is { } refusal)
        {
            return refusal;
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && request.Cancellation.IsCancellationRequested)
        {
            // The caller has gone, and nobody reads this; or the host stops, and it may be tried again.
            return Problem.Of(503, "The request was cancelled before it was answered. Try again.").With("Retry-After", "1");
        }
        catch (Exception error)
        {
            _options.OnError?.Invoke(error, request);
            return Problem.Of(500, "Something went wrong in the host; its log says what. Trying again may help.");
        }
    }
}
