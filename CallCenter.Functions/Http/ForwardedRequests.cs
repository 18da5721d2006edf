using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Functions.Http;

/// <summary>The web server inside the worker, to which the host forwards the requests for HTTP functions.</summary>
internal static class ForwardedRequests
{
    /// <summary>
    /// Sets its limits. The host's own come first, so these are wider: a request that this server refused would leave its invocation waiting for it, in the
    /// host's limited number of them. And the host adds headers of its own.
    /// </summary>
    public static IServiceCollection AddForwardedRequests(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestLineSize *= 4;
            server.Limits.MaxRequestHeadersTotalSize *= 4;
            server.Limits.MaxRequestHeaderCount *= 4;
        });
        return services.AddSingleton<IStartupFilter>(provider => provider.GetRequiredService<InvocationIds>());
    }
}
