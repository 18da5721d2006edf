using System.Buffers.Binary;
using System.Text;
using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Storage.Journal;

/// <summary>Writes records at the end of a buffer. What <see cref="Record"/> reads.</summary>
internal static class RecordWriter
{
    private const int LargestFixedPart = 1 + Varint.MaxSize + Varint.MaxSize + sizeof(long) + sizeof(long) + 1;
    private const int LargestOnStack = 1024;

    public static void Start(ByteBuffer to, long number, string id, DateTime createdAt, ReadOnlySpan<byte> payload) =>
        Write(to, RecordKind.Start, number, id, createdAt, null, default, payload);

    public static void Event(ByteBuffer to, long number, ReadOnlySpan<byte> payload) =>
        Write(to, RecordKind.Event, number, null, default, null, default, payload);

    public static void Archive(
        ByteBuffer to, long number, string id, DateTime createdAt, DateTime lastUpdatedAt, OrchestrationRuntimeStatus status, ReadOnlySpan<byte> payload) =>
        Write(to, RecordKind.Archive, number, id, createdAt, lastUpdatedAt, status, payload);

    /// <summary>A running instance, whole; its payloads packed by <see cref="Pack"/>.</summary>
    public static void Snapshot(ByteBuffer to, long number, string id, DateTime createdAt, ReadOnlySpan<byte> packed) =>
        Write(to, RecordKind.Snapshot, number, id, createdAt, null, default, packed);

    public static void Rest(ByteBuffer to, long number, ReadOnlySpan<byte> payload) => Write(to, RecordKind.Rest, number, null, default, null, default, payload);

    public static void Purge(ByteBuffer to, long number) => Write(to, RecordKind.Purge, number, null, default, null, default, default);

    public static void Drop(ByteBuffer to, int segment) => Write(to, RecordKind.Drop, segment, null, default, null, default, default);

    public static void Pack(ByteBuffer to, ReadOnlySpan<byte> payload)
    {
        Span<byte> length = stackalloc byte[Varint.MaxSize];
        to.Write(length[..Varint.Write(length, (ulong)payload.Length)]);
        to.Write(payload);
    }

    private static void Write(
        ByteBuffer to, RecordKind kind, long number, string? id, DateTime createdAt,
        DateTime? lastUpdatedAt, OrchestrationRuntimeStatus status, ReadOnlySpan<byte> payload)
    {
        var idSize = id is null ? 0 : Encoding.UTF8.GetByteCount(id);
        var largest = LargestFixedPart + idSize;
        var head = largest <= LargestOnStack ? stackalloc byte[LargestOnStack] : new byte[largest];

        head[0] = (byte)kind;
        var used = 1 + Varint.Write(head[1..], (ulong)number);
        if (id is not null)
        {
            used += Varint.Write(head[used..], (ulong)idSize);
            used += Encoding.UTF8.GetBytes(id, head[used..]);
            used += WriteTime(head[used..], createdAt);
        }

        if (lastUpdatedAt is { } updated)
        {
            used += WriteTime(head[used..], updated);
            head[used++] = EndStatus.Encode(status);
        }

        Frame(to, head[..used], payload);
    }

    private static void Frame(ByteBuffer to, ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload)
    {
        Span<byte> size = stackalloc byte[Varint.MaxSize];
        size = size[..Varint.Write(size, (ulong)(head.Length + payload.Length))];

        // Room for all of it or for nothing: no half record when memory ends.
        var record = to.Grow(checked(size.Length + head.Length + payload.Length + sizeof(uint)));
        size.CopyTo(record);
        var body = record[size.Length..^sizeof(uint)];
        head.CopyTo(body);
        payload.CopyTo(body[head.Length..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[^sizeof(uint)..], Crc.Of(body));
    }

    private static int WriteTime(Span<byte> to, DateTime time)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, time.Ticks);
        return sizeof(long);
    }
}
