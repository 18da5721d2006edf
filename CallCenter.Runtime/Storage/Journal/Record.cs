using System.Buffers.Binary;
using System.Text;
using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Storage.Journal;

/// <summary>
/// One record as it stands in a file: varint size, kind, varint number, the fields of its kind, payload, CRC. It names neither its place nor
/// its neighbours, so that it can be read alone, checked alone, and moved as it is.
/// </summary>
internal readonly ref struct Record
{
    /// <summary>What it says.</summary>
    public RecordKind Kind { get; private init; }

    /// <summary>The instance (of <see cref="RecordKind.Drop"/>: the segment).</summary>
    public long Number { get; private init; }

    /// <summary>The instance's id in UTF-8; empty where the kind has none.</summary>
    public ReadOnlySpan<byte> Id { get; private init; }
    public DateTime CreatedAt { get; private init; }
    public DateTime LastUpdatedAt { get; private init; }
    public OrchestrationRuntimeStatus Status { get; private init; }

    /// <summary>What the store's user gave it.</summary>
    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>The payload that the instance begins with, of a record that tells it from its beginning.</summary>
    public ReadOnlySpan<byte> FirstPayload
    {
        get
        {
            var rest = Payload;
            return Kind == RecordKind.Snapshot && Varint.TryTakeBlock(ref rest, out var first) ? first : rest;
        }
    }

    /// <summary>Where the payload begins in the record: it ends where the checksum begins.</summary>
    public int PayloadOffset => Size - sizeof(uint) - Payload.Length;
    public int Size { get; private init; }
    public string IdText => Encoding.UTF8.GetString(Id);

    /// <summary>Reads the record at the front of some bytes; false when there is no sound one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Record record)
    {
        record = default;
        var rest = bytes;
        if (!Varint.TryTake(ref rest, out var size) || size < 2 || size + sizeof(uint) > (ulong)rest.Length)
            return false;

        var body = rest[..(int)size];
        if (BinaryPrimitives.ReadUInt32LittleEndian(rest[(int)size..]) != Crc.Of(body))
            return false;

        var kind = (RecordKind)body[0];
        var whole = bytes.Length - rest.Length + (int)size + sizeof(uint);
        body = body[1..];
        if (!Varint.TryTake(ref body, out var number))
            return false;

        var id = ReadOnlySpan<byte>.Empty;
        DateTime createdAt = default, lastUpdatedAt = default;
        OrchestrationRuntimeStatus status = default;
        if (kind is RecordKind.Start or RecordKind.Archive or RecordKind.Snapshot)
        {
            if (!Varint.TryTakeBlock(ref body, out id) || !TryTakeTime(ref body, out createdAt))
                return false;
            lastUpdatedAt = createdAt;
        }

        if (kind == RecordKind.Archive && !(TryTakeTime(ref body, out lastUpdatedAt) && TryTakeStatus(ref body, out status)))
            return false;

        record = new Record
        {
            Kind = kind,
            Number = (long)number,
            Id = id,
            CreatedAt = createdAt,
            LastUpdatedAt = lastUpdatedAt,
            Status = status,
            Payload = body,
            Size = whole,
        };
        // A sound record of a kind that is not known yet comes from a newer version: not for here to judge.
        return kind >= RecordKind.Start;
    }

    /// <summary>The payloads of a running instance that the record holds: all of a snapshot's, the one of a start or an event, none of a rest.</summary>
    public bool TryAddPayloads(List<ReadOnlyMemory<byte>> payloads)
    {
        if (Kind == RecordKind.Rest)
            return true;
        if (Kind != RecordKind.Snapshot)
        {
            payloads.Add(Payload.ToArray());
            return true;
        }

        var rest = Payload;
        while (rest.Length > 0)
        {
            if (!Varint.TryTakeBlock(ref rest, out var payload))
                return false;
            payloads.Add(payload.ToArray());
        }

        return true;
    }

    private static bool TryTakeTime(ref ReadOnlySpan<byte> from, out DateTime time)
    {
        time = default;
        if (!BinaryPrimitives.TryReadInt64LittleEndian(from, out var ticks) || (ulong)ticks > (ulong)DateTime.MaxValue.Ticks)
            return false;

        time = new DateTime(ticks, DateTimeKind.Utc);
        from = from[sizeof(long)..];
        return true;
    }

    private static bool TryTakeStatus(ref ReadOnlySpan<byte> from, out OrchestrationRuntimeStatus status)
    {
        status = default;
        if (from.IsEmpty || !EndStatus.TryDecode(from[0], out status))
            return false;

        from = from[1..];
        return true;
    }
}
