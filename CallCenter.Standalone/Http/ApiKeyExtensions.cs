using CallCenter.Api;

namespace CallCenter.Standalone.Http;

/// <summary>
/// The keys of a host that others can reach. Without a key the host serves its own machine alone; with some, whoever calls shows
/// one as <c>x-functions-key</c> or <c>?code=</c>, as on Azure Functions.
/// </summary>
internal static class ApiKeyExtensions
{
    private const string Header = "x-functions-key";
    private const string Parameter = "code";

    /// <summary>
    /// Answers 401 to every call without a key and 403 to one whose key may not do it; while no key is set it lets everything
    /// through. Pages that hold no data (the console's files, the OpenAPI document, the start page) are open: somebody must be
    /// able to enter the key.
    /// </summary>
    public static IApplicationBuilder UseApiKeys(this IApplicationBuilder app)
    {
        var ring = app.ApplicationServices.GetRequiredService<ApiKeyRing>();
        ring.Follow(app.ApplicationServices.GetRequiredService<ILogger<ApiKeyRing>>());
        return app.Use((context, next) =>
        {
            var keys = ring.Current;
            var refusal = keys.IsEmpty || IsOpen(context) ? null : Refusal(context, keys);
            return refusal is null ? next(context) : refusal.With("Cache-Control", "no-store").WriteToAsync(context);
        });
    }

    private static ApiResponse? Refusal(HttpContext context, ApiKeys keys)
    {
        var shown = context.Request.Headers[Header].FirstOrDefault() ?? context.Request.Query[Parameter].FirstOrDefault();
        if (shown is null || keys.Find(shown) is not { } key)
        {
            return Problem.Of(401, $"This host wants a key. Send it as the header '{Header}' or as the query parameter '{Parameter}'.")
                .With("WWW-Authenticate", "ApiKey realm=\"CallCenter\"");
        }
        var needed = KeyRoles.NeededFor(context);
        if (key.Role < needed)
            return Problem.Of(403, $"The key '{key.Name}' has the role '{key.Role.Name()}'. This call needs a key with the role '{needed.Name()}'.");
        context.Features.Set(new Caller(shown));
        return null;
    }

    /// <summary>Asked of the path as it was sent and as the server understands it: /console/../api is not the console.</summary>
    private static bool IsOpen(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && IsOpen(context.Request.Path) && IsOpen(new PathString(RawTarget.Of(context).Path));

    private static bool IsOpen(PathString path) => path == "/" || path == "/openapi.json" || path.StartsWithSegments("/console");
}
