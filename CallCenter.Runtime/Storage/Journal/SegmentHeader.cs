using System.Buffers.Binary;
using CallCenter.Runtime.Storage.Files;

namespace CallCenter.Runtime.Storage.Journal;

/// <summary>
/// The beginning of a segment file. It is durable before the file gets its name, so a file with a segment's name always has one.
/// </summary>
/// <param name="Segment">The number of the segment.</param>
/// <param name="Salt">A random number in the checksum of every batch, so that no foreign or forged bytes pass for one.</param>
/// <param name="FirstSequence">The sequence of the first batch.</param>
/// <param name="NextNumber">Every instance number below this may have been used.</param>
/// <param name="Sealed">
/// The segments that count beside this one, and how far each was acknowledged. Nothing behind that length is ever read: a batch that could not be
/// flushed there was written again into a later segment and must not be applied twice. And a file that is missing is noticed.
/// </param>
internal sealed record SegmentHeader(int Segment, ulong Salt, ulong FirstSequence, long NextNumber, IReadOnlyList<SealedSegment> Sealed)
{
    /// <summary>The size of the whole file; 0 in those of before it was written down.</summary>
    public int Capacity { get; init; }

    private const int FixedSize = 48;
    private const int EntrySize = 8;
    private const int Alignment = 512;
    private const uint Version = 1;

    private static ReadOnlySpan<byte> Magic => "CCJOURNL"u8;

    // At the very end of the header, behind its checksum, where at least four bytes are always left.
    private static ReadOnlySpan<byte> SealMark => "SEAL"u8;

    /// <summary>Its size in the file: where the first batch begins.</summary>
    public int Size => SizeFor(Sealed.Count);

    /// <summary>The size of a header that names so many sealed segments.</summary>
    public static int SizeFor(int sealedSegments) => (FixedSize + (sealedSegments * EntrySize) + sizeof(uint) + Alignment - 1) / Alignment * Alignment;

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        var to = bytes.AsSpan();
        BinaryPrimitives.WriteUInt32LittleEndian(to[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], Segment);
        BinaryPrimitives.WriteUInt64LittleEndian(to[16..], Salt);
        BinaryPrimitives.WriteUInt64LittleEndian(to[24..], FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(to[32..], NextNumber);
        BinaryPrimitives.WriteInt32LittleEndian(to[40..], Sealed.Count);
        BinaryPrimitives.WriteInt32LittleEndian(to[44..], Capacity);
        for (var i = 0; i < Sealed.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(to[(FixedSize + (i * EntrySize))..], Sealed[i].Segment);
            BinaryPrimitives.WriteInt32LittleEndian(to[(FixedSize + (i * EntrySize) + 4)..], Sealed[i].Length);
        }

        var end = FixedSize + (Sealed.Count * EntrySize);
        BinaryPrimitives.WriteUInt32LittleEndian(to[end..], Crc.Of(to[..end]));
        return bytes;
    }

    /// <summary>Says in a segment's file that it has a successor: without that one, the journal has lost its end.</summary>
    public static void MarkSealed(Segment segment)
    {
        segment.File.Write(SealMark, segment.Header.Size - SealMark.Length);
        segment.File.Flush();
    }

    /// <summary>True when a segment's file says that it has a successor.</summary>
    public bool IsMarkedSealed(IStoreFile file)
    {
        var mark = new byte[SealMark.Length];
        return file.Read(mark, Size - mark.Length) == mark.Length && mark.AsSpan().SequenceEqual(SealMark);
    }

    /// <summary>Reads the header of a segment's file.</summary>
    /// <exception cref="StoreDamagedException">It has no sound one.</exception>
    /// <exception cref="StoreNewerException">It has one that this version cannot read.</exception>
    public static SegmentHeader Read(IStoreFile file, string path, int segment) =>
        TryRead(file, path, segment) ?? throw new StoreDamagedException(path, 0, "the segment's header fails its checksum.");

    private static SegmentHeader? TryRead(IStoreFile file, string path, int segment)
    {
        var head = new byte[FixedSize];
        if (file.Read(head, 0) < FixedSize || !head.AsSpan().StartsWith(Magic))
            return null;

        var version = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8));
        var header = TryReadSound(file, segment, head);
        // With nothing wrong but its version, it is this version's, and a bit of it has changed.
        if (header is null && version > Version)
            throw new StoreNewerException(path, 0, $"format {version}; this one reads {Version}");
        return version == Version ? header : null;
    }

    private static SegmentHeader? TryReadSound(IStoreFile file, int segment, byte[] head)
    {
        if (BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(12)) != segment)
            return null;

        var count = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(40));
        if (count < 0 || count > file.Length / EntrySize)
            return null;

        var end = FixedSize + (count * EntrySize);
        var bytes = new byte[end + sizeof(uint)];
        if (file.Read(bytes, 0) < bytes.Length)
            return null;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end)) != Crc.Of(bytes.AsSpan(0, end)))
            return null;

        var entries = new SealedSegment[count];
        for (var i = 0; i < count; i++)
        {
            var entry = bytes.AsSpan(FixedSize + (i * EntrySize));
            entries[i] = new SealedSegment(BinaryPrimitives.ReadInt32LittleEndian(entry), BinaryPrimitives.ReadInt32LittleEndian(entry[4..]));
        }

        var from = bytes.AsSpan();
        return new SegmentHeader(
            segment,
            BinaryPrimitives.ReadUInt64LittleEndian(from[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(from[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[32..]),
            entries)
        {
            Capacity = BinaryPrimitives.ReadInt32LittleEndian(from[44..]),
        };
    }
}

/// <summary>A segment that gets no more batches, and its length as far as it was acknowledged.</summary>
internal readonly record struct SealedSegment(int Segment, int Length);
