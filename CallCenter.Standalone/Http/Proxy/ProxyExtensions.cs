using CallCenter.Api.Http;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;

namespace CallCenter.Standalone.Http.Proxy;

/// <summary>What comes through a proxy, and what is given out behind one.</summary>
internal static class ProxyExtensions
{
    /// <summary>Reads the settings, and switches off what the framework would do by itself.</summary>
    public static WebApplicationBuilder AddProxy(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(ProxySettings.Read(builder.Configuration));
        // ASPNETCORE_FORWARDEDHEADERS_ENABLED believes everybody: some platforms set it for every program.
        builder.Configuration["ForwardedHeaders_Enabled"] = "false";
        // It locks out this machine, and with a page of HTML; UseBrowserGuard looks at AllowedHosts.
        builder.Services.PostConfigure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);
        return builder;
    }

    /// <summary>
    /// Sees a request as its caller sent it:
    /// <c>X-Forwarded-*</c> of trusted proxies counts, and the prefix of the public address is taken off.
    /// </summary>
    public static IApplicationBuilder UseProxy(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<ProxySettings>();
        if (settings.TrustedProxies.Count > 0)
            app.UseTrustedProxies(settings);
        if (settings.Prefix.HasValue)
            app.UsePathBase(settings.Prefix);
        return app;
    }

    /// <summary>From here on the request is one to the public address, if there is one: every URI is made from it.</summary>
    public static IApplicationBuilder UsePublicUrl(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<ProxySettings>();
        return settings.PublicUrl is not { } url ? app : app.Use((context, next) =>
        {
            context.Request.Scheme = url.Scheme;
            context.Request.Host = settings.PublicHost;
            context.Request.PathBase = settings.Prefix;
            return next(context);
        });
    }

    private static void UseTrustedProxies(this IApplicationBuilder app, ProxySettings settings)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // As many as there are: it ends at the first that is not trusted.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedProxies)
            options.KnownIPNetworks.Add(network);
        // Without an address (a Unix socket) nobody can be told from the proxy.
        app.UseWhen(context => context.Connection.RemoteIpAddress is not null, branch => branch.UseForwardedHeaders(options));
        app.Use((context, next) => context.Request.Scheme is "http" or "https"
            ? next(context)
            : Problem.Of(400, "The proxy in front sent an X-Forwarded-Proto that is neither 'http' nor 'https'.")
                .With("Cache-Control", "no-store").WriteToAsync(context));
    }
}
