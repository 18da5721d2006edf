using System.Net;
using CallCenter.Api;

namespace CallCenter.Standalone.Http;

/// <summary>
/// Keeps web pages from elsewhere away from a host on the machine of whoever looks at them. A browser lets any page send
/// requests to 127.0.0.1; it says so in <c>Origin</c>, unless the page's own name was made to point there (DNS rebinding), and
/// then the name is in <c>Host</c>.
/// </summary>
internal static class BrowserGuardExtensions
{
    /// <summary>
    /// Answers 403 to a changing call whose <c>Origin</c> is another host and, on a host without a key, to every call whose
    /// <c>Host</c> is neither this machine's own name nor one of <c>AllowedHosts</c> (for a proxy in front; <c>*</c> for any).
    /// </summary>
    public static IApplicationBuilder UseBrowserGuard(this IApplicationBuilder app, string? allowedHosts)
    {
        var allowed = (allowedHosts ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var ring = app.ApplicationServices.GetRequiredService<ApiKeyRing>();
        return app.Use((context, next) =>
        {
            if (ring.Current.IsEmpty && !allowed.Contains("*") && !IsOwn(context.Request.Host.Host) && !allowed.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
                return Refuse(context, $"This host serves its own machine alone and is not known as '{context.Request.Host.Host}'. Call it as 127.0.0.1 or localhost, or name that host in AllowedHosts.");
            return IsForeign(context.Request)
                ? Refuse(context, $"A page from {context.Request.Headers.Origin} may not change anything here. Call from the same host, or without the header 'Origin'.")
                : next(context);
        });
    }

    /// <summary>No name at all is HTTP/1.0, which no browser speaks.</summary>
    private static bool IsOwn(string host) =>
        host.Length == 0
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Only the host and port are compared: a proxy may well have ended TLS.</summary>
    private static bool IsForeign(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.Origin.Count == 0)
            return false;
        return !Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
            || !origin.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }

    private static Task Refuse(HttpContext context, string detail) => Problem.Of(403, detail).With("Cache-Control", "no-store").WriteToAsync(context);
}
