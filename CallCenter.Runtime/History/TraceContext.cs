using System.Diagnostics;

namespace CallCenter.Runtime.History;

/// <summary>The trace that an instance was started in. Kept with the start, so that the trace goes on after a restart of the program.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="Parent">The span that started the instance.</param>
/// <param name="Span">The span of the instance, which is sent at its end and is the parent of all that it does.</param>
/// <param name="State">The caller's <c>tracestate</c>.</param>
internal sealed record TraceContext(ActivityTraceId TraceId, ActivitySpanId Parent, ActivitySpanId Span, string? State)
{
    /// <summary>The bytes of the three numbers.</summary>
    public const int Size = 16 + 8 + 8;

    /// <summary>As long as W3C's recommendation asks to keep at least; a longer one is not kept.</summary>
    private const int LongestState = 512;

    /// <summary>The context of a new instance that a span starts.</summary>
    public static TraceContext Below(Activity starting) => new(
        starting.TraceId, starting.SpanId, ActivitySpanId.CreateRandom(), starting.TraceStateString is { Length: > 0 and <= LongestState } state ? state : null);

    public static TraceContext Read(ReadOnlySpan<byte> numbers, string? state) => new(
        ActivityTraceId.CreateFromBytes(numbers[..16]), ActivitySpanId.CreateFromBytes(numbers[16..24]), ActivitySpanId.CreateFromBytes(numbers[24..]), state);

    public void Write(Span<byte> numbers)
    {
        TraceId.CopyTo(numbers[..16]);
        Parent.CopyTo(numbers[16..24]);
        Span.CopyTo(numbers[24..32]);
    }
}
