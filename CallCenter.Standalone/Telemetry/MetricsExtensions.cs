using System.Diagnostics.Metrics;
using System.Text;
using CallCenter.Api.Http;
using CallCenter.Runtime.Telemetry;
using CallCenter.Standalone.Http;

namespace CallCenter.Standalone.Telemetry;

/// <summary>The metrics of this program as Prometheus wants them.</summary>
internal static class MetricsExtensions
{
    /// <summary>Where they are.</summary>
    public const string Path = "/metrics";

    /// <summary>The framework's own that say something of this program: requests, connections, memory, processor time.</summary>
    public static readonly string[] OfTheFramework = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <summary>Listens from the program's start on.</summary>
    public static IServiceCollection AddMetricsPage(this IServiceCollection services) => services.AddSingleton(provider =>
    {
        var (telemetry, meters) = (provider.GetRequiredService<RuntimeTelemetry>(), provider.GetRequiredService<IMeterFactory>());
        // Those of another host in this process have another scope; .NET's own have none.
        return new MeterReadings(meter => meter.Scope == telemetry || ((meter.Scope is null || meter.Scope == meters) && OfTheFramework.Contains(meter.Name)));
    });

    /// <summary>Answers for <see cref="Path"/>, if anybody listens.</summary>
    public static IApplicationBuilder UseMetricsPage(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<MeterReadings>() is not { } readings)
            return app;
        return app.Use((context, next) => context.Request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase)
            ? Answer(context.Request.Method, readings).WriteToAsync(context)
            : next(context));
    }

    private static ApiResponse Answer(string method, MeterReadings readings) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
        ? new ApiResponse(200, PrometheusText.ContentType, Encoding.UTF8.GetBytes(readings.Read())).With("Cache-Control", "no-store")
        : Problem.Of(405, $"{Path} can only be read. It accepts: GET, HEAD.").With("Allow", "GET, HEAD");
}
