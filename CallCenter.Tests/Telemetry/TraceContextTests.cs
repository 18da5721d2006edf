using System.Diagnostics;
using System.Text;
using CallCenter.Runtime.History;

namespace CallCenter.Tests.Telemetry;

/// <summary>How a history keeps the trace that its instance was started in.</summary>
public sealed class TraceContextTests
{
    private static readonly DateTime Noon = new(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(null)]
    [InlineData("vendor=1,other=x")]
    public void ReadAll_StartWithATrace_HasItAndWhatComesAfter(string? state)
    {
        var trace = new TraceContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivitySpanId.CreateRandom(), state);
        var input = Encoding.UTF8.GetBytes("{}");
        var writer = new HistoryWriter();
        writer.Write(
            new ExecutionStarted(Noon, "Orchestration", input) { Trace = trace }, new TaskCompleted(Noon.AddSeconds(1), 0, "Work", input, Noon, input));

        var events = HistoryReader.ReadAll(writer.Written);

        Assert.Equal([HistoryKind.ExecutionStarted, HistoryKind.TaskCompleted], events.Select(item => item.Kind));
        Assert.Equal(trace, ((ExecutionStarted)events[0]).Trace);
        Assert.Equal(Noon.AddSeconds(1), events[1].At);
        Assert.Equal("Orchestration", Encoding.UTF8.GetString(HistoryReader.NameOf(writer.Written.Span)));
    }

    [Fact]
    public void Write_StartWithoutATrace_IsAsItWas()
    {
        var writer = new HistoryWriter();

        var bytes = writer.Write(new ExecutionStarted(Noon, "O", Encoding.UTF8.GetBytes("{}"))).ToArray();

        Assert.Equal((byte)HistoryKind.ExecutionStarted, bytes[0]);
        Assert.Equal("\u0001O\u0002{}", Encoding.UTF8.GetString(bytes[^5..]));
    }

    [Fact]
    public void Below_StateLongerThanCanBeExpected_IsNotKept()
    {
        using var span = new Activity("start") { TraceStateString = new string('x', 600) }.SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.Null(TraceContext.Below(span).State);
        Assert.Equal((span.TraceId, span.SpanId), (TraceContext.Below(span).TraceId, TraceContext.Below(span).Parent));
    }
}
