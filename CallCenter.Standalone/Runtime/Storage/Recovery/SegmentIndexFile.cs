using System.Buffers.Binary;

namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>
/// The contents of a sealed segment in a small file beside it, so that a start need not read the journal's bytes. It is derived: missing, damaged
/// or from another segment, it is passed over, and the segment is read instead.
/// </summary>
internal static class SegmentIndexFile
{
    private static ReadOnlySpan<byte> Magic => "CCINDEX1"u8;

    /// <summary>Writes the file of a segment.</summary>
    public static void Write(IFileLayer files, string folder, Segment segment, SegmentContents contents)
    {
        var bytes = Encode(segment, contents);
        var path = SegmentNames.Index(folder, segment.Number);
        using (var file = files.Create(path + SegmentNames.Temporary))
        {
            file.Write(bytes.Span, 0);
            file.Flush();
        }

        files.Move(path + SegmentNames.Temporary, path);
    }

    /// <summary>Reads the file of a segment; null when there is no sound one.</summary>
    public static SegmentContents? TryRead(IFileLayer files, string folder, Segment segment)
    {
        try
        {
            using var file = files.Open(SegmentNames.Index(folder, segment.Number));
            var bytes = new byte[checked((int)file.Length)];
            if (file.Read(bytes, 0) < bytes.Length || bytes.Length < sizeof(uint)) return null;

            var body = bytes.AsSpan(0, bytes.Length - sizeof(uint));
            return BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(body.Length)) == Crc.Of(body) ? Decode(body, segment) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static ByteBuffer Encode(Segment segment, SegmentContents contents)
    {
        var to = new FieldWriter();
        to.Buffer.Write(Magic);
        to.Write(segment.Header.Salt).Write(segment.End).Write(contents.GreatestNumber);

        to.Write(contents.Archives.Count);
        foreach (var (number, ended) in contents.Archives)
            to.Write(number).Write(ended.Identity).Write(ended.LastUpdatedAt.Ticks).Write(EndStatus.Encode(ended.Status)).Write(ended.At);

        to.Write(contents.Opened.Count);
        foreach (var (number, open) in contents.Opened)
        {
            to.Write(number).Write(open.Identity ?? default).Write(open.Identity is null ? 0 : 1).Write(open.Records.Count);
            foreach (var at in open.Records) to.Write(at);
        }

        to.Write(contents.Purges.Count);
        foreach (var purge in contents.Purges) to.Write(purge.Number).Write(purge.At);

        var crc = Crc.Of(to.Buffer.Span);
        BinaryPrimitives.WriteUInt32LittleEndian(to.Buffer.Grow(sizeof(uint)), crc);
        return to.Buffer;
    }

    private static SegmentContents? Decode(ReadOnlySpan<byte> body, Segment segment)
    {
        if (!body.StartsWith(Magic)) return null;

        var from = new FieldReader(body[Magic.Length..], segment.Number);
        if (from.UInt64() != segment.Header.Salt || from.Int32() != segment.End) return null;

        var contents = new SegmentContents { GreatestNumber = from.Int64() };
        var archives = from.Int32();
        contents.Archives.EnsureCapacity(archives);
        for (var left = archives; left > 0; left--)
        {
            var number = from.Int64();
            var identity = from.Identity();
            var lastUpdatedAt = from.Time();
            _ = EndStatus.TryDecode(from.Byte(), out var status);
            contents.Archives.Add(number, new SegmentContents.Archived(identity, lastUpdatedAt, status, from.Location()));
        }

        for (var left = from.Int32(); left > 0; left--)
        {
            var number = from.Int64();
            var identity = from.Identity();
            var hasIdentity = from.Int32() != 0;
            var records = new List<RecordLocation>();
            for (var more = from.Int32(); more > 0; more--) records.Add(from.Location());
            contents.Opened.Add(number, new SegmentContents.Open(hasIdentity ? identity : null, records));
        }

        for (var left = from.Int32(); left > 0; left--) contents.Purges.Add(new SegmentContents.Tombstone(from.Int64(), from.Location()));
        return contents;
    }
}
