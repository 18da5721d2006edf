using System.Text;
using CallCenter.Durable.Errors;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.History;

/// <summary>Reads what <see cref="HistoryWriter"/> wrote: the payloads of one instance, in order.</summary>
internal sealed class HistoryReader
{
    private readonly PayloadReferences _references = new();
    private ReadOnlyMemory<byte> _rest;
    private long _epoch;
    private TraceContext? _trace;

    /// <summary>All events of an instance.</summary>
    /// <exception cref="InvalidDataException">The bytes are of another format version, or damaged.</exception>
    public static List<HistoryEvent> ReadAll(params IEnumerable<ReadOnlyMemory<byte>> payloads)
    {
        var reader = new HistoryReader();
        var events = new List<HistoryEvent>();
        foreach (var payload in payloads)
        {
            for (reader._rest = payload; !reader._rest.IsEmpty;)
            {
                if (reader.Read() is { } item)
                    events.Add(item);
                else if (reader._trace is { } trace && events is [.., ExecutionStarted started])
                    events[^1] = started with { Trace = trace };
                reader._trace = null;
            }
        }
        return events;
    }

    /// <summary>The name of the orchestration, in UTF-8, from the payload that an instance begins with; empty when it begins with anything else.</summary>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> payload) => TryStart(ref payload) ? Block(ref payload) : default;

    /// <summary>The same with the input of the instance, JSON in UTF-8.</summary>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> input)
    {
        var isStart = TryStart(ref payload);
        var name = isStart ? Block(ref payload) : default;
        input = isStart ? Block(ref payload) : default;
        return name;
    }

    private static bool TryStart(ref ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty || payload[0] != (byte)HistoryKind.ExecutionStarted)
            return false;
        payload = payload[1..];
        return Varint.TryTake(ref payload, out _);
    }

    private static ReadOnlySpan<byte> Block(scoped ref ReadOnlySpan<byte> payload) => Varint.TryTakeBlock(ref payload, out var block) ? block : default;

    private HistoryEvent? Read()
    {
        var kind = (HistoryKind)Take(1).Span[0];
        if (kind == HistoryKind.ExecutionStarted)
            _epoch = 0;
        var at = Time();
        if (kind == HistoryKind.ExecutionStarted)
            _epoch = (at.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        if (kind == HistoryKind.TaskRetaken)
        {
            Number();
            return null;
        }
        if (kind == HistoryKind.TraceContext)
        {
            _trace = TraceContext.Read(Take(TraceContext.Size).Span, Optional());
            return null;
        }
        HistoryEvent item = kind switch
        {
            HistoryKind.ExecutionStarted => new ExecutionStarted(at, Text(), Bytes()),
            HistoryKind.TaskCompleted => new TaskCompleted(at, Number32(), Text(), Reference(), Time(), Bytes()),
            HistoryKind.TaskFailed => new TaskFailed(at, Number32(), Text(), Reference(), Time(), Error(), Number32()),
            HistoryKind.TimerFired => new TimerFired(at, Number32(), Time()),
            HistoryKind.AttemptFailed => new AttemptFailed(at, Number32(), Text(), Number32(), Time(), Error(), Time()),
            HistoryKind.EventRaised => new EventRaised(at, Text(), Bytes()),
            HistoryKind.ExecutionSuspended => new ExecutionSuspended(at, Optional()),
            HistoryKind.ExecutionResumed => new ExecutionResumed(at, Optional()),
            HistoryKind.ExecutionRewound => new ExecutionRewound(at, Optional()),
            HistoryKind.ExecutionCompleted => new ExecutionCompleted(at, Reference()),
            HistoryKind.ExecutionFailed => new ExecutionFailed(at, Error()),
            HistoryKind.ExecutionTerminated => new ExecutionTerminated(at, Optional()),
            HistoryKind.CustomStatusKept => new CustomStatusKept(at, Bytes()),
            _ => throw new InvalidDataException($"A history holds an event of the unknown kind {(byte)kind}: it was written by a newer version."),
        };
        _references.Learn(item);
        return item;
    }

    private ErrorDetails Error() => new(Text(), Text());

    private ReadOnlyMemory<byte> Reference() => Number() is var reference && reference == PayloadReferences.None ? Bytes() : _references.Get(reference);

    private string? Optional() => Take(1).Span[0] == 0 ? null : Text();

    private string Text() => Encoding.UTF8.GetString(Bytes().Span);

    private ReadOnlyMemory<byte> Bytes() => Take(Number32());

    private DateTime Time()
    {
        var zigzag = (ulong)Number();
        var delta = (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
        return DateTime.UnixEpoch.AddMilliseconds(_epoch + delta);
    }

    private int Number32() => Number() is var number and >= 0 and <= int.MaxValue ? (int)number : throw Damaged();

    private long Number()
    {
        var rest = _rest.Span;
        if (!Varint.TryTake(ref rest, out var value))
            throw Damaged();
        _rest = _rest[^rest.Length..];
        return (long)value;
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length > _rest.Length)
            throw Damaged();
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private static InvalidDataException Damaged() => new("A history ends in the middle of an event.");
}
