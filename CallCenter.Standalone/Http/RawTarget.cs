using Microsoft.AspNetCore.Http.Features;

namespace CallCenter.Standalone.Http;

/// <summary>The path and query as they were sent: <c>HttpRequest.Path</c> is half decoded, so that an encoded slash or percent sign is lost in it.</summary>
internal static class RawTarget
{
    public static (string Path, string Query) Of(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target))
            return (context.Request.Path.ToUriComponent(), context.Request.QueryString.Value ?? "");
        // A proxy's absolute form (RFC 9112, 3.2.2): http://host/path.
        if (target[0] != '/' && target.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
        {
            // The host ends where the path or the query begins; without a path it is the root.
            var rest = target.IndexOfAny(['/', '?'], scheme + 3) is > 0 and var end ? target[end..] : "";
            target = rest.StartsWith('/') ? rest : "/" + rest;
        }
        var (path, query) = target.IndexOf('?') is >= 0 and var at ? (target[..at], target[at..]) : (target, "");
        return (WithoutBase(path, context.Request.PathBase.ToUriComponent()), query);
    }

    /// <summary>A proxy may have taken the prefix of the public address off already.</summary>
    public static string WithoutBase(string path, string prefix)
    {
        if (prefix.Length == 0 || !path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            return path;
        return path.Length == prefix.Length ? "/" : path[prefix.Length] == '/' ? path[prefix.Length..] : path;
    }
}
