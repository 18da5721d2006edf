using System.Diagnostics;
using CallCenter.Api;
using CallCenter.Api.StepFunctions;
using CallCenter.Durable.Text;
using CallCenter.Standalone.Http;
using CallCenter.Standalone.Http.Proxy;
using CallCenter.Standalone.Management;
using Microsoft.AspNetCore.Http.Features;

namespace CallCenter.Standalone.Telemetry;

/// <summary>Gives the spans that ASP.NET Core makes of requests the names and attributes that OpenTelemetry has for them: it leaves them empty.</summary>
internal static class RequestSpans
{
    /// <summary>The source of these spans.</summary>
    public const string Source = "Microsoft.AspNetCore";

    /// <summary>Costs nothing where nobody listens. What is asked over and over by machines leaves no span.</summary>
    /// <param name="app">The pipeline.</param>
    /// <param name="api">Knows its routes.</param>
    public static IApplicationBuilder UseRequestSpans(this IApplicationBuilder app, CallCenterApi api)
    {
        var prefix = app.ApplicationServices.GetRequiredService<ProxySettings>().Prefix.ToUriComponent();
        return app.Use((context, next) =>
            context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span && span.Source.Name == Source
                ? DescribeAsync(context, RawTarget.WithoutBase(RawTarget.Of(context).Path, prefix), span, api, next)
                : next(context));
    }

    private static async Task DescribeAsync(HttpContext context, string path, Activity span, CallCenterApi api, RequestDelegate next)
    {
        var method = context.Request.Method;
        if (CallCenterApi.IsProbe(path) || path.Equals(MetricsExtensions.Path, StringComparison.OrdinalIgnoreCase))
        {
            (span.IsAllDataRequested, span.ActivityTraceFlags) = (false, ActivityTraceFlags.None);
            await next(context);
            return;
        }
        var route = api.RouteOf(method, path) ?? ManagementApi.RouteOf(path);
        span.DisplayName = context.Request.Headers[StepFunctionsApi.Target].FirstOrDefault() is { } operation
            ? Excerpt.Short(operation)
            : route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method).SetTag("url.scheme", context.Request.Scheme).SetTag("http.route", route);
        await next(context);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= 500)
            span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", context.Response.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
