using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace CallCenter.Functions.Telemetry;

/// <summary>Sends the worker's spans where the host sends its own: the same trace, by the same environment variables.</summary>
public static class WorkerTracing
{
    /// <summary>
    /// The environment variable that asks for traces: where the collector is. Its neighbours, such as <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>,
    /// count as well.
    /// </summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Function calls, with the host's span as their parent; the HTTP calls and the SQL that are made in them. The worker and .NET start
    /// these spans by themselves as soon as somebody listens.
    /// </summary>
    private static readonly string[] Sources = ["Microsoft.Azure.Functions.Worker", "System.Net.Http", "Npgsql"];

    /// <summary>Adds tracing where <see cref="Endpoint"/> is set; does nothing otherwise.</summary>
    public static IServiceCollection AddWorkerTracing(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[Endpoint]))
            return services;

        // The host then leaves to the worker what is the worker's, and does not tell it a second time.
        services.Configure<WorkerOptions>(options => options.Capabilities["WorkerOpenTelemetryEnabled"] = bool.TrueString);
        return services.AddHostedService<Exporter>();
    }

    /// <summary>Exports from the start of the worker to its end, and sends what is left then.</summary>
    private sealed class Exporter : IHostedService
    {
        private TracerProvider? _provider;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _provider = Sdk.CreateTracerProviderBuilder().AddSource(Sources).AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _provider?.Dispose();
            return Task.CompletedTask;
        }
    }
}
