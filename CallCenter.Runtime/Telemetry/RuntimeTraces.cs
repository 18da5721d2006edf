using System.Diagnostics;
using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Telemetry;

/// <summary>The spans of one runtime. Their names and attributes are Durable Task's. Without a listener there are none, and replay makes none.</summary>
internal sealed class RuntimeTraces(string? version) : IDisposable
{
    private readonly ActivitySource _source = new(RuntimeTelemetry.Name, version);

    public ActivitySource Source => _source;

    /// <summary>True while anybody listens.</summary>
    public bool IsOn => _source.HasListeners();

    /// <summary>An instance is started: the span lasts until that is on disk.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="started">Its start, which keeps the trace if that is recorded.</param>
    public Activity? BeginStart(string id, ref ExecutionStarted started)
    {
        var span = IsOn ? _source.StartActivity($"create_orchestration:{started.Name}", ActivityKind.Producer) : null;
        span?.SetTag(SpanTags.Type, SpanTags.Orchestration).SetTag(MetricTags.TaskName, started.Name).SetTag(SpanTags.InstanceId, id);
        var trace = span is { Recorded: true } ? TraceContext.Below(span) : null;
        // One that takes the place of an ended instance may come with the trace of that.
        if (trace is not null || started.Trace is not null)
            started = started with { Trace = trace };
        return span;
    }

    /// <summary>An event is sent: the span lasts until that is on disk.</summary>
    public Activity? BeginEvent(string instanceId, string eventName)
    {
        var span = IsOn ? _source.StartActivity($"orchestration_event:{eventName}", ActivityKind.Producer) : null;
        return span?.SetTag(SpanTags.Type, SpanTags.Event).SetTag(MetricTags.TaskName, eventName).SetTag(SpanTags.EventTarget, instanceId);
    }

    public void Dispose() => _source.Dispose();
}
