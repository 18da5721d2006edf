using System.Diagnostics.Metrics;
using System.Reflection;

namespace CallCenter.Runtime.Telemetry;

/// <summary>
/// What one runtime tells those who watch it. Its meter is its own, with this as its scope, and so is its source of spans: two runtimes in one process do not mix.
/// While nobody listens it costs next to nothing.
/// </summary>
internal sealed class RuntimeTelemetry : IDisposable
{
    /// <summary>The name of the meter, and of the source of spans.</summary>
    public const string Name = "CallCenter.Runtime";

    private static readonly string? Version =
        typeof(RuntimeTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    private readonly Meter _meter;

    public RuntimeTelemetry()
    {
        _meter = new Meter(new MeterOptions(Name) { Version = Version, Scope = this });
        (Orchestrations, Activities, Journal) = (new(_meter), new(_meter), new(_meter));
    }

    public RuntimeTraces Traces { get; } = new(Version);

    public OrchestrationMetrics Orchestrations { get; }

    public ActivityMetrics Activities { get; }

    public JournalMetrics Journal { get; }

    /// <summary>Measures from now on what the runtime knows at any time.</summary>
    public void Observe(EmbeddedRuntime runtime)
    {
        Orchestrations.Observe(_meter, runtime);
        ActivityMetrics.Observe(_meter, runtime);
        _meter.CreateObservableGauge(
            "callcenter.journal.writable", () => runtime.Store.Failure is null ? 1 : 0, null, "1 while the journal can be written, 0 while new work is refused");
    }

    public void Dispose()
    {
        _meter.Dispose();
        Traces.Dispose();
    }
}
