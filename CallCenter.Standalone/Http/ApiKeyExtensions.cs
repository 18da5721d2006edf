using CallCenter.Api.Http;
using CallCenter.Standalone.Http.Keys;

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
        var logger = app.ApplicationServices.GetRequiredService<ILogger<ApiKeyRing>>();
        var wrong = app.ApplicationServices.GetRequiredService<WrongKeys>();
        ring.Follow(logger);
        return app.Use((context, next) =>
        {
            var keys = ring.Current;
            var refusal = keys.IsEmpty || Probes.Is(context) || IsOpen(context) ? null : Refusal(context, keys, wrong);
            return refusal is null ? next(context) : refusal.With("Cache-Control", "no-store").WriteToAsync(context);
        });
    }

    private static ApiResponse? Refusal(HttpContext context, ApiKeys keys, WrongKeys wrong)
    {
        // Nobody guesses without a key: such a call is not counted.
        if ((context.Request.Headers[Header].FirstOrDefault() ?? context.Request.Query[Parameter].FirstOrDefault()) is not { } shown)
            return Unauthorized();
        // A right key is never slowed, whatever else came from its address: behind a proxy all callers may share one.
        if (keys.Find(shown) is not { } key)
            return wrong.Count(context) is { } wait ? TooMany(wait) : Unauthorized();
        var needed = KeyRoles.NeededFor(context);
        if (key.Role < needed)
            return Problem.Of(403, KeyRoles.Refusal(key, needed));
        context.Features.Set(new Caller(shown));
        return null;
    }

    private static ApiResponse Unauthorized() =>
        Problem.Of(401, $"This host requires a key. Send it as the header '{Header}' or as the query parameter '{Parameter}'.")
            .With("WWW-Authenticate", "ApiKey realm=\"CallCenter\"");

    private static ApiResponse TooMany(TimeSpan wait) =>
        Problem.Of(429, "This key is wrong, and too many wrong ones came from this address. Try again later, or with the right key.")
            .With("Retry-After", $"{(int)Math.Ceiling(wait.TotalSeconds)}");

    /// <summary>Asked of the path as it was sent and as the server understands it: /console/../api is not the console.</summary>
    private static bool IsOpen(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && IsOpen(context.Request.Path) && IsOpen(new PathString(RawTarget.Of(context).Path));

    private static bool IsOpen(PathString path) => !path.HasValue || path == "/" || path == "/openapi.json" || path.StartsWithSegments("/console");
}
