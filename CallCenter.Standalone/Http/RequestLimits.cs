using CallCenter.Api.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CallCenter.Standalone.Http;

/// <summary>
/// How large the head of a request may be, and of what characters its target. Kestrel refuses with a status alone, so its own limits
/// are wider than these, and whoever oversteps only these is told which.
/// </summary>
public static class RequestLimits
{
    private const int TargetLength = 8 * 1024;
    private const int HeadersLength = 32 * 1024;
    private const int HeaderCount = 100;

    /// <summary>Makes Kestrel's own limits wide enough.</summary>
    public static WebApplicationBuilder WidenRequestLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestLineSize = 4 * TargetLength;
            kestrel.Limits.MaxRequestHeadersTotalSize = 4 * HeadersLength;
            kestrel.Limits.MaxRequestHeaderCount = 4 * HeaderCount;
        });
        return builder;
    }

    /// <summary>The refusal of a request whose head is wrong; null when nothing is.</summary>
    internal static ApiResponse? Refusal(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (target.Length > TargetLength)
            return Problem.Of(414, $"The request's target is {target.Length:N0} characters long; at most {TargetLength:N0} are allowed.");
        // What a URI cannot hold (RFC 3986) must not come back in a Location either.
        if (target.AsSpan().ContainsAnyExceptInRange('!', '~') || target.Contains('#', StringComparison.Ordinal))
            return Problem.Of(400, "The request's target contains a character that is not allowed in a URI. Percent-encode it.");

        var headers = context.Request.Headers;
        if (headers.Count > HeaderCount)
            return Problem.Of(431, $"The request has {headers.Count} headers; at most {HeaderCount} are allowed.");
        var length = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
                length += name.Length + (value?.Length ?? 0) + ": \r\n".Length;
        }
        return length > HeadersLength ? Problem.Of(431, $"The request's headers take {length:N0} bytes; at most {HeadersLength:N0} are allowed.") : null;
    }
}
