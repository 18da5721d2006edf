using System.Buffers.Binary;

namespace CallCenter.Runtime.Storage.Journal;

/// <summary>
/// What stands before the records that were flushed together: magic, length, sequence, CRC. The checksum is seeded with the segment's salt and the offset:
/// a batch is sound in one place only, so that what is left of an earlier life of the disk never counts.
/// </summary>
internal static class BatchHeader
{
    public const int Size = 20;
    private const int CrcOffset = 16;
    public static ReadOnlySpan<byte> Magic => "CCBT"u8;

    /// <summary>Fills in the header of a batch whose records are in place.</summary>
    public static void Seal(Span<byte> batch, ulong salt, long offset, ulong sequence)
    {
        Magic.CopyTo(batch);
        BinaryPrimitives.WriteInt32LittleEndian(batch[4..], batch.Length - Size);
        BinaryPrimitives.WriteUInt64LittleEndian(batch[8..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(batch[CrcOffset..], Checksum(batch, salt, offset));
    }

    /// <summary>The size of the whole batch that a header claims; false when these bytes are no header or the batch would not fit.</summary>
    public static bool TryReadSize(ReadOnlySpan<byte> header, long room, out int size)
    {
        size = 0;
        if (header.Length < Size || !header.StartsWith(Magic))
            return false;

        var length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (length < 0 || length > room - Size)
            return false;

        size = length + Size;
        return true;
    }

    public static ulong Sequence(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);

    /// <summary>True when a whole batch is sound at this place.</summary>
    public static bool IsSound(ReadOnlySpan<byte> batch, ulong salt, long offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(batch[CrcOffset..]) == Checksum(batch, salt, offset);

    private static uint Checksum(ReadOnlySpan<byte> batch, ulong salt, long offset)
    {
        Span<byte> place = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(place, salt);
        BinaryPrimitives.WriteInt64LittleEndian(place[8..], offset);
        return Crc.Of(batch[Size..], Crc.Of(batch[4..CrcOffset], Crc.Of(place)));
    }
}
