using System.Buffers;
using System.Text;
using CallCenter.Durable.Errors;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.History;

/// <summary>
/// Writes the events of one instance as compact binary payloads, in order. docs/journal.md describes the format.
/// </summary>
/// <remarks>
/// A step's input is nearly always the output of a step before it, or the input of the instance: those are written as a
/// reference. So one writer writes one instance, from its first event on, and keeps all of it.
/// </remarks>
internal sealed class HistoryWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly PayloadReferences _references = new();
    private long _epoch;

    /// <summary>All that has been written of the instance.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;
    public int Events { get; private set; }

    /// <summary>When the last event happened (UTC).</summary>
    public DateTime LastAt { get; private set; }

    /// <summary>Adds events.</summary>
    /// <returns>Their bytes; valid until the next call.</returns>
    public ReadOnlySpan<byte> Write(params ReadOnlySpan<HistoryEvent> events)
    {
        var before = _buffer.WrittenCount;
        foreach (var item in events)
            Write(item);
        Events += events.Length;
        return _buffer.WrittenSpan[before..];
    }

    private void Write(HistoryEvent item)
    {
        _buffer.Write([(byte)item.Kind]);
        if (item is ExecutionStarted)
            _epoch = 0;
        Time(item.At);
        switch (item)
        {
            case ExecutionStarted started:
                _epoch = Milliseconds(started.At);
                Text(started.Name);
                Bytes(started.Input);
                if (started.Trace is { } trace)
                    Trace(started.At, trace);
                break;
            case TaskCompleted done:
                Task(done.Sequence, done.Name, done.Input, done.StartedAt);
                Bytes(done.Result);
                break;
            case TaskFailed failed:
                Task(failed.Sequence, failed.Name, failed.Input, failed.StartedAt);
                Error(failed.Error);
                Number(failed.NextSequence);
                break;
            case TimerFired fired:
                Number(fired.Sequence);
                Time(fired.DueAt);
                break;
            case AttemptFailed attempt:
                Number(attempt.Sequence);
                Text(attempt.Name);
                Number(attempt.Attempt);
                Time(attempt.StartedAt);
                Error(attempt.Error);
                Time(attempt.NextAt);
                break;
            case EventRaised raised: Text(raised.Name); Bytes(raised.Payload); break;
            case ExecutionSuspended suspended: Optional(suspended.Reason); break;
            case ExecutionResumed resumed: Optional(resumed.Reason); break;
            case ExecutionRewound rewound: Optional(rewound.Reason); break;
            case ExecutionCompleted completed: Reference(completed.Output); break;
            case ExecutionFailed failed: Error(failed.Error); break;
            case ExecutionTerminated terminated: Optional(terminated.Reason); break;
            case CustomStatusKept kept: Bytes(kept.Status); break;
        }
        _references.Learn(item);
        LastAt = item.At;
    }

    private void Trace(DateTime at, TraceContext trace)
    {
        _buffer.Write([(byte)HistoryKind.TraceContext]);
        Time(at);
        trace.Write(_buffer.GetSpan(TraceContext.Size));
        _buffer.Advance(TraceContext.Size);
        Optional(trace.State);
    }

    private void Task(int sequence, string name, ReadOnlyMemory<byte> input, DateTime startedAt)
    {
        Number(sequence);
        Text(name);
        Reference(input);
        Time(startedAt);
    }

    private void Error(ErrorDetails error)
    {
        Text(error.Type);
        Text(error.Message);
    }

    /// <summary>A payload that may be one that is known already.</summary>
    private void Reference(ReadOnlyMemory<byte> payload)
    {
        var reference = _references.Find(payload.Span);
        Number(reference);
        if (reference == PayloadReferences.None)
            Bytes(payload);
    }

    private void Optional(string? text)
    {
        _buffer.Write([text is null ? (byte)0 : (byte)1]);
        if (text is not null)
            Text(text);
    }

    private void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }

    private void Bytes(ReadOnlyMemory<byte> bytes)
    {
        Number(bytes.Length);
        _buffer.Write(bytes.Span);
    }

    /// <summary>Milliseconds since the instance was started, zigzag: a clock may have been set back.</summary>
    private void Time(DateTime time)
    {
        var delta = Milliseconds(time) - _epoch;
        Number((delta << 1) ^ (delta >> 63));
    }

    private void Number(long value) => _buffer.Advance(Varint.Write(_buffer.GetSpan(Varint.MaxSize), (ulong)value));

    private static long Milliseconds(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
}
