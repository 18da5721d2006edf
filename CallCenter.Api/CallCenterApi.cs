using CallCenter.Api.Host;
using CallCenter.Api.Http;
using CallCenter.Api.Routing;
using CallCenter.Durable.Seams;

namespace CallCenter.Api;

/// <summary>
/// The HTTP contract. A host hands it every request for a path that <see cref="Owns"/> is true of, and writes out the
/// response; everything about routes, bodies and refusals is decided here, once for all hosts.
/// </summary>
/// <param name="options">What the host tells about itself.</param>
public sealed class CallCenterApi(ApiOptions options)
{
    private readonly Router _router = new(ApiRoutes.Of(options));

    /// <summary>True for the paths that this contract answers for, with a refusal if need be: everything under <c>/api</c>, <c>/openapi.json</c>, and <see cref="IsProbe"/>.</summary>
    /// <param name="path">The path, as it was sent.</param>
    public static bool Owns(string path) =>
        path.Equals("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase)
        || path.Equals("/openapi.json", StringComparison.OrdinalIgnoreCase)
        || IsProbe(path);

    /// <summary>True for <c>/livez</c> and <c>/readyz</c>: who starts, stops and watches hosts asks there, under any name and without a key.</summary>
    /// <param name="path">The path, as it was sent.</param>
    public static bool IsProbe(string path) => HostInformation.IsProbe(path);

    /// <summary>The path of the call that a request means, with <c>{id}</c> for what stands there; null when there is none.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, as it was sent.</param>
    public string? RouteOf(string method, string path) => _router.TryFind(method, path)?.Template;

    /// <summary>Answers a request. It never throws.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">The durable runtime.</param>
    public async Task<ApiResponse> HandleAsync(ApiRequest request, IOrchestrationClient client)
    {
        var response = await AnswerAsync(request, client);
        return request.Method == "HEAD" ? response.WithoutBody() : response;
    }

    private async Task<ApiResponse> AnswerAsync(ApiRequest request, IOrchestrationClient client)
    {
        try
        {
            var (route, id) = _router.Find(request.Method, request.Path);
            return await route.Handler(request, client, id);
        }
        catch (Exception error)
        {
            return options.RefusalOf(error, request);
        }
    }
}
