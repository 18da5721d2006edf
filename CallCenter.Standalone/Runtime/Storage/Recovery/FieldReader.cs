using System.Buffers.Binary;

namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>Reads the fields of an index file whose checksum is right.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes, int segment)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>A byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>Four bytes.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Eight bytes.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>Eight bytes.</summary>
    public ulong UInt64() => (ulong)Int64();

    /// <summary>A time.</summary>
    public DateTime Time() => new(Int64(), DateTimeKind.Utc);

    /// <summary>A place in the segment.</summary>
    public RecordLocation Location() => new(segment, Int32(), Int32());

    /// <summary>Who an instance is.</summary>
    public SegmentContents.Identity Identity() => new(new IdHash(UInt64(), UInt64()), Time());

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
