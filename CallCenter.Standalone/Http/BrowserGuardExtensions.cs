using System.Net;
using CallCenter.Api.Http;
using CallCenter.Standalone.Http.Keys;
using CallCenter.Standalone.Http.Proxy;

namespace CallCenter.Standalone.Http;

/// <summary>
/// Keeps web pages from elsewhere away from a host on the machine of whoever looks at them. A browser lets any page send
/// requests to 127.0.0.1; it says so in <c>Origin</c>, unless the page's own name was made to point there (DNS rebinding), and
/// then the name is in <c>Host</c>.
/// </summary>
internal static class BrowserGuardExtensions
{
    /// <summary>
    /// Answers 403 to a changing call whose <c>Origin</c> is another host, and to a call whose <c>Host</c> is not known: neither
    /// this machine's own name, nor that of the public address, nor one of <c>AllowedHosts</c>. A host with a key that names no
    /// <c>AllowedHosts</c> takes any <c>Host</c>.
    /// </summary>
    public static IApplicationBuilder UseBrowserGuard(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<ProxySettings>();
        var ring = app.ApplicationServices.GetRequiredService<ApiKeyRing>();
        return app.Use((context, next) =>
        {
            var host = context.Request.Host;
            if (Probes.Is(context))
                return next(context);
            if ((settings.AllowedHosts.Count > 0 || ring.Current.IsEmpty) && !IsOwn(host.Host) && !IsAllowed(host, settings))
                return Refuse(context, $"This host is not known as '{host.Host}'. Call it as 127.0.0.1 or localhost, or name that host in AllowedHosts.");
            return IsForeign(context.Request, settings.PublicUrl)
                ? Refuse(context,
                    $"A page from {context.Request.Headers.Origin} may not change anything here. Call from the same host, or without the header 'Origin'.")
                : next(context);
        });
    }

    /// <summary>No name at all is HTTP/1.0, which no browser speaks.</summary>
    private static bool IsOwn(string host) =>
        host.Length == 0
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsAllowed(HostString host, ProxySettings settings) =>
        settings.AllowedHosts.Any(allowed =>
            allowed == "*"
            || allowed.Equals(host.Host, StringComparison.OrdinalIgnoreCase)
            || (allowed.StartsWith("*.", StringComparison.Ordinal) && host.Host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)))
        || (settings.PublicUrl is not null && host.Host.Equals(settings.PublicHost.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Only the host and port are compared, a proxy may well have ended TLS; and with the public address too, because a proxy
    /// may send a <c>Host</c> of its own.
    /// </summary>
    private static bool IsForeign(HttpRequest request, Uri? publicUrl)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.Origin.Count == 0)
            return false;
        return !Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
            || (!origin.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
                && !(publicUrl is not null && (origin.Scheme, origin.IdnHost, origin.Port) == (publicUrl.Scheme, publicUrl.IdnHost, publicUrl.Port)));
    }

    private static Task Refuse(HttpContext context, string detail) => Problem.Of(403, detail).With("Cache-Control", "no-store").WriteToAsync(context);
}
