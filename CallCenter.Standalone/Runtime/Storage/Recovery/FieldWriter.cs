using System.Buffers.Binary;

namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>Writes the fields of an index file, all of fixed size: what <see cref="FieldReader"/> reads.</summary>
internal sealed class FieldWriter
{
    /// <summary>What was written.</summary>
    public ByteBuffer Buffer { get; } = new();

    /// <summary>Writes a byte.</summary>
    public FieldWriter Write(byte value)
    {
        Buffer.Grow(1)[0] = value;
        return this;
    }

    /// <summary>Writes four bytes.</summary>
    public FieldWriter Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Buffer.Grow(sizeof(int)), value);
        return this;
    }

    /// <summary>Writes eight bytes.</summary>
    public FieldWriter Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Buffer.Grow(sizeof(long)), value);
        return this;
    }

    /// <summary>Writes eight bytes.</summary>
    public FieldWriter Write(ulong value) => Write((long)value);

    /// <summary>Writes a place in the segment.</summary>
    public FieldWriter Write(RecordLocation at) => Write(at.Offset).Write(at.Length);

    /// <summary>Writes who an instance is.</summary>
    public FieldWriter Write(SegmentContents.Identity identity) => Write(identity.Hash.High).Write(identity.Hash.Low).Write(identity.CreatedAt.Ticks);
}
