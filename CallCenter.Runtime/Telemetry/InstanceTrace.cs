using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using CallCenter.Durable.Errors;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Telemetry;

/// <summary>The spans of one instance whose start was recorded: of itself, its attempts at activities, its timers and waits.</summary>
internal sealed class InstanceTrace
{
    private readonly ActivitySource _source;
    private readonly string _id;
    private readonly string _name;
    private readonly DateTime _began;
    private readonly ActivityContext _starter;
    private readonly ActivityContext _self;

    private InstanceTrace(ActivitySource source, string id, ExecutionStarted started, TraceContext trace, IReadOnlyList<HistoryEvent> history)
    {
        (_source, _id, _name, _began) = (source, id, started.Name, started.At);
        var rewinds = 0;
        foreach (var rewound in history.OfType<ExecutionRewound>())
            (rewinds, _began) = (rewinds + 1, rewound.At);
        _starter = new ActivityContext(trace.TraceId, trace.Parent, ActivityTraceFlags.Recorded, trace.State);
        _self = new ActivityContext(trace.TraceId, Later(trace.Span, rewinds), ActivityTraceFlags.Recorded, trace.State);
    }

    /// <summary>The trace of an instance; null when its start was not recorded, or nobody listens.</summary>
    public static InstanceTrace? Of(RuntimeTraces traces, string id, IReadOnlyList<HistoryEvent> history) =>
        history[0] is ExecutionStarted { Trace: { } trace } started && traces.IsOn ? new(traces.Source, id, started, trace, history) : null;

    /// <summary>An attempt begins. What it does itself hangs below its span, which is the current one until it is stopped.</summary>
    public Activity? BeginAttempt(ActivityStep step)
    {
        var span = Start($"activity:{step.Name}", SpanTags.Activity, step.Name, step.Sequence)?.SetTag(SpanTags.Attempt, step.Failures + 1);
        return step.IsRetaken ? span?.SetTag(SpanTags.Retaken, true) : span;
    }

    /// <summary>Ends a span with an error.</summary>
    public static void Fail(Activity span, ErrorDetails error) => span.SetStatus(ActivityStatusCode.Error, error.Message).SetTag(MetricTags.ErrorType, error.Type);

    /// <summary>Tells the run of an event, and of the timers and waits that end by it.</summary>
    public void Apply(OrchestrationRun run, HistoryEvent item)
    {
        var waits = run.Open.OfType<WaitStep>().ToList();
        run.Apply(item);
        foreach (var wait in waits.Where(wait => wait.Result.IsCompleted))
            Tell(wait, item);
    }

    /// <summary>The instance has ended, and that is on disk. Its span began when it did, which may have been in another life of the program.</summary>
    public void End(ExecutionEnded end)
    {
        var span = _source.CreateActivity($"orchestration:{_name}", ActivityKind.Server, _starter);
        if (span is null)
            return;
        Describe(span, SpanTags.Orchestration, _name).SetTag(MetricTags.Status, end.Status.ToString());
        if (end is ExecutionFailed failed)
            Fail(span, failed.Error);
        span.SetStartTime(_began).Start();
        TakeId(span, _self.SpanId);
        span.Stop();
    }

    private void Tell(WaitStep wait, HistoryEvent item)
    {
        var isTimer = wait.EventName is null;
        // Who raised the event has a trace of its own, to which this one points.
        var cause = wait.Result.Result is not null && item is EventRaised { Trace: { } context } ? new ActivityLink(context) : (ActivityLink?)null;
        using var span = _source.StartActivity(
            isTimer ? $"orchestration:{_name}:timer" : $"wait:{wait.EventName}", ActivityKind.Internal, _self, links: cause is { } link ? [link] : null, startTime: wait.AskedAt);
        if (span is null)
            return;
        Describe(span, isTimer ? SpanTags.Timer : SpanTags.Event, isTimer ? _name : wait.EventName!)
            .SetTag(SpanTags.TaskId, wait.Sequence)
            .SetTag(SpanTags.FireAt, wait.DueAt.ToString("o", System.Globalization.CultureInfo.InvariantCulture));
        if (!isTimer)
            span.SetTag(MetricTags.Outcome, wait.Result.Result is null ? "timeout" : "event");
    }

    private Activity? Start(string name, string type, string task, int sequence)
    {
        var span = _source.StartActivity(name, ActivityKind.Internal, _self);
        return span is null ? null : Describe(span, type, task).SetTag(SpanTags.TaskId, sequence);
    }

    private Activity Describe(Activity span, string type, string task) =>
        span.SetTag(SpanTags.Type, type).SetTag(MetricTags.TaskName, task).SetTag(SpanTags.InstanceId, _id);

    /// <summary>Each life after a rewind has a span of its own, whose number follows from the first: nothing more has to be kept.</summary>
    private static ActivitySpanId Later(ActivitySpanId first, int rewinds)
    {
        Span<byte> bytes = stackalloc byte[8];
        first.CopyTo(bytes);
        var number = BinaryPrimitives.ReadUInt64BigEndian(bytes) + (ulong)rewinds;
        // Zero is none.
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number == 0 ? 1 : number);
        return ActivitySpanId.CreateFromBytes(bytes);
    }

    /// <summary>.NET has no way to end a span that another process began. Should the field be gone one day, the spans below lose their parent, and nothing else.</summary>
    private static void TakeId(Activity span, ActivitySpanId id)
    {
        try
        {
            IdOf(span) = id.ToHexString();
        }
        catch (MissingFieldException)
        {
            // With the number that it was given, then.
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? IdOf(Activity span);
}
