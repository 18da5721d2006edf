using System.Diagnostics;
using CallCenter.Durable.Errors;
using CallCenter.Runtime.Execution;

namespace CallCenter.Runtime.Telemetry;

/// <summary>One attempt at an activity while it runs: measured, and a span where its instance has a trace. What nobody has ended by then was cut off.</summary>
internal sealed class AttemptScope : IDisposable
{
    /// <summary>Nobody listened then.</summary>
    private const long Unknown = long.MinValue;

    private readonly EmbeddedRuntime _host;
    private readonly ActivityStep _step;
    private readonly Activity? _span;
    private readonly long _began;
    private bool _ended;

    private AttemptScope(EmbeddedRuntime host, Instance instance, ActivityStep step)
    {
        (_host, _step, _began) = (host, step, host.Clock.GetTimestamp());
        _span = instance.Trace?.BeginAttempt(step);
    }

    /// <summary>When something is put in line, for <see cref="ActivityStep.QueuedAt"/>.</summary>
    public static long Queued(EmbeddedRuntime host) => host.Telemetry.Activities.IsOn ? host.Clock.GetTimestamp() : Unknown;

    /// <summary>An attempt begins.</summary>
    /// <returns>Null while nobody listens.</returns>
    public static AttemptScope? Begin(EmbeddedRuntime host, Instance instance, ActivityStep step)
    {
        if (instance.Trace is null && !host.Telemetry.Activities.IsOn)
            return null;
        var scope = new AttemptScope(host, instance, step);
        if (step.QueuedAt != Unknown)
            host.Telemetry.Activities.CountQueueTime(step.Name, host.Clock.GetElapsedTime(step.QueuedAt, scope._began));
        return scope;
    }

    /// <summary>It gave its result.</summary>
    public void Complete() => End(AttemptOutcome.Ok);

    /// <summary>It failed.</summary>
    public void Fail(ErrorDetails error)
    {
        if (_span is not null)
            InstanceTrace.Fail(_span, error);
        End(_step.Retry is { } retry && _step.Failures + 1 < retry.MaxAttempts ? AttemptOutcome.Retry : AttemptOutcome.Failed);
    }

    public void Dispose() => End(AttemptOutcome.Cancelled);

    private void End(AttemptOutcome outcome)
    {
        if (_ended)
            return;
        _ended = true;
        _span?.SetTag(MetricTags.Outcome, outcome.Name()).Stop();
        _host.Telemetry.Activities.CountAttempt(_step.Name, outcome, _host.Clock.GetElapsedTime(_began));
    }
}
