using System.Buffers;
using System.Buffers.Binary;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>
/// The contents of a sealed segment in a small file beside it, so that a start need not read the journal's bytes. It is derived: missing, damaged
/// or from another segment, it is passed over, and the segment is read instead.
/// </summary>
internal static class SegmentIndexFile
{
    public static void Write(IFileLayer files, string folder, Segment segment, SegmentContents contents)
    {
        var bytes = Encode(segment, contents);
        var path = SegmentNames.Index(folder, segment.Number);
        using (var file = files.Create(path + SegmentNames.Temporary))
        {
            file.Write(bytes, 0);
            file.Flush();
        }

        files.Move(path + SegmentNames.Temporary, path);
    }

    /// <summary>Reads the file of a segment; null when there is no sound one.</summary>
    public static SegmentIndex? TryRead(IFileLayer files, string folder, Segment segment)
    {
        try
        {
            using var file = files.Open(SegmentNames.Index(folder, segment.Number));
            var size = checked((int)file.Length);
            // Some megabytes for each segment: the next one takes the same.
            var bytes = ArrayPool<byte>.Shared.Rent(size);
            if (file.Read(bytes.AsSpan(0, size), 0) == size && size >= sizeof(uint)
                && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(size - sizeof(uint))) == Crc.Of(bytes.AsSpan(0, size - sizeof(uint))))
                return SegmentIndex.TryRead(bytes, segment);
            ArrayPool<byte>.Shared.Return(bytes);
            return null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static byte[] Encode(Segment segment, SegmentContents contents)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        to.Write(SegmentIndex.Magic);
        to.Write(segment.Header.Salt);
        to.Write(segment.End);
        to.Write(contents.GreatestNumber);

        to.Write(contents.Names.All.Count);
        foreach (var name in contents.Names.All)
            to.Write(name);

        to.Write(contents.Archives.Count);
        foreach (var (number, ended) in contents.Archives)
        {
            Write(to, number, ended.Identity);
            to.Write(ended.LastUpdatedAt.Ticks);
            to.Write(EndStatus.Encode(ended.Status));
            Write(to, ended.At);
        }

        to.Write(contents.Opened.Count);
        foreach (var (number, open) in contents.Opened)
        {
            Write(to, number, open.Identity ?? default);
            to.Write(open.Identity is null ? 0 : 1);
            var records = open.Instance.Records;
            to.Write(records.Count);
            for (var i = 0; i < records.Count; i++)
                Write(to, records[i]);
            Write(to, open.Instance.Note.Span);
        }

        to.Write(contents.Purges.Count);
        foreach (var purge in contents.Purges)
        {
            to.Write(purge.Number);
            Write(to, purge.At);
        }

        to.Write(Crc.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        return bytes.ToArray();
    }

    private static void Write(BinaryWriter to, long number, Identity identity)
    {
        to.Write(number);
        to.Write(identity.Hash.High);
        to.Write(identity.Hash.Low);
        to.Write(identity.CreatedAt.Ticks);
        to.Write(identity.Name);
        Write(to, identity.Search.Span);
    }

    private static void Write(BinaryWriter to, ReadOnlySpan<byte> block)
    {
        to.Write7BitEncodedInt(block.Length);
        to.Write(block);
    }

    private static void Write(BinaryWriter to, RecordLocation at)
    {
        to.Write(at.Offset);
        to.Write(at.Length);
    }
}
