using CallCenter.Api;
using CallCenter.Runtime.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CallCenter.Standalone.Telemetry;

/// <summary>
/// Sends spans and metrics to a collector, by OpenTelemetry's protocol and its own environment variables. Disposed when the runtime has ended, it sends
/// the rest. A collector that does not answer costs what it was sent, and nothing else.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const string Prefix = "OTEL_";

    /// <summary>How long the end of the program waits for the collector. What is there answers in less.</summary>
    private const int LastWordsMilliseconds = 2000;

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    public OtlpExport(IConfiguration configuration)
    {
        var (traces, metrics) = Wanted(configuration);
        if (traces)
        {
            // Requests, what activities call, and the instances between them.
            _traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .ConfigureResource(resource => Describe(resource, configuration))
                .AddSource(RuntimeTelemetry.Name, RequestSpans.Source, "System.Net.Http", "Npgsql")
                .AddOtlpExporter()
                .Build();
        }
        if (metrics)
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .ConfigureResource(resource => Describe(resource, configuration))
                .AddMeter([RuntimeTelemetry.Name, .. MetricsExtensions.OfTheFramework])
                .AddOtlpExporter()
                .Build();
        }
    }

    /// <summary>What the environment asks for: an endpoint for all, or one for either, and not <c>none</c>.</summary>
    public static (bool Traces, bool Metrics) Wanted(IConfiguration configuration)
    {
        return (For("TRACES"), For("METRICS"));

        bool For(string signal) =>
            (IsSet("EXPORTER_OTLP_ENDPOINT") || IsSet($"EXPORTER_OTLP_{signal}_ENDPOINT"))
            && !string.Equals(configuration[$"{Prefix}{signal}_EXPORTER"], "none", StringComparison.OrdinalIgnoreCase);

        bool IsSet(string name) => !string.IsNullOrWhiteSpace(configuration[Prefix + name]);
    }

    public void Dispose()
    {
        // Together: each waits by itself.
        Parallel.Invoke(
            () => _traces?.Shutdown(LastWordsMilliseconds),
            () => _metrics?.Shutdown(LastWordsMilliseconds));
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>Whoever gives it no name finds it under that of the product, and not as <c>unknown_service</c>.</summary>
    private static void Describe(ResourceBuilder resource, IConfiguration configuration)
    {
        var isNamed = configuration[Prefix + "SERVICE_NAME"] is { Length: > 0 }
            || configuration[Prefix + "RESOURCE_ATTRIBUTES"]?.Contains("service.name=", StringComparison.Ordinal) == true;
        if (!isNamed)
            resource.AddService("callcenter", serviceVersion: ProductVersion.Number);
    }
}
