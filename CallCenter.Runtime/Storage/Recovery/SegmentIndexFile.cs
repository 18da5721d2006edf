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
    private static ReadOnlySpan<byte> Magic => "CCINDEX3"u8;

    /// <summary>Of files of before it was in them what instances are searched by.</summary>
    private static ReadOnlySpan<byte> MagicWithoutSearch => "CCINDEX2"u8;

    /// <summary>Of files of before there were names in them either.</summary>
    private static ReadOnlySpan<byte> MagicWithoutNames => "CCINDEX1"u8;

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
    /// <param name="files">The disk.</param>
    /// <param name="folder">Where it is.</param>
    /// <param name="segment">Its segment.</param>
    /// <param name="isOld">True when it was written before there was all in it that is today: the rest is not known then.</param>
    public static SegmentContents? TryRead(IFileLayer files, string folder, Segment segment, out bool isOld)
    {
        isOld = false;
        try
        {
            using var file = files.Open(SegmentNames.Index(folder, segment.Number));
            var bytes = new byte[checked((int)file.Length)];
            if (file.Read(bytes, 0) < bytes.Length || bytes.Length < sizeof(uint))
                return null;

            var body = bytes.AsSpan(0, bytes.Length - sizeof(uint));
            return BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(body.Length)) == Crc.Of(body) ? Decode(bytes, segment, out isOld) : null;
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
        to.Write(Magic);
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
            to.Write(open.Records.Count);
            foreach (var at in open.Records)
                Write(to, at);
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

    private static SegmentContents? Decode(byte[] bytes, Segment segment, out bool isOld)
    {
        var hasSearch = bytes.AsSpan().StartsWith(Magic);
        var hasNames = hasSearch || bytes.AsSpan().StartsWith(MagicWithoutSearch);
        isOld = !hasSearch;
        if (!hasNames && !bytes.AsSpan().StartsWith(MagicWithoutNames))
            return null;
        using var from = new BinaryReader(new MemoryStream(bytes, Magic.Length, bytes.Length - Magic.Length));
        if (from.ReadUInt64() != segment.Header.Salt || from.ReadInt32() != segment.End)
            return null;

        var contents = new SegmentContents { GreatestNumber = from.ReadInt64() };
        if (!hasNames)
            contents.Names.NumberOf("");
        for (var left = hasNames ? from.ReadInt32() : 0; left > 0; left--)
            contents.Names.NumberOf(from.ReadString());
        var archives = from.ReadInt32();
        contents.Archives.EnsureCapacity(archives);
        for (var left = archives; left > 0; left--)
        {
            var number = from.ReadInt64();
            var identity = ReadIdentity();
            var lastUpdatedAt = new DateTime(from.ReadInt64(), DateTimeKind.Utc);
            _ = EndStatus.TryDecode(from.ReadByte(), out var status);
            contents.Archives.Add(number, new SegmentContents.Archived(identity, lastUpdatedAt, status, ReadPlace(from, segment)));
        }

        for (var left = from.ReadInt32(); left > 0; left--)
        {
            var number = from.ReadInt64();
            var identity = ReadIdentity();
            var hasIdentity = from.ReadInt32() != 0;
            var records = new List<RecordLocation>();
            for (var more = from.ReadInt32(); more > 0; more--)
                records.Add(ReadPlace(from, segment));
            contents.Opened.Add(number, new SegmentContents.Open(hasIdentity ? identity : null, records));
        }

        for (var left = from.ReadInt32(); left > 0; left--)
            contents.Purges.Add(new SegmentContents.Tombstone(from.ReadInt64(), ReadPlace(from, segment)));
        return contents;

        Identity ReadIdentity()
        {
            var hash = new IdHash(from.ReadUInt64(), from.ReadUInt64());
            var createdAt = new DateTime(from.ReadInt64(), DateTimeKind.Utc);
            return new(hash, createdAt, hasNames ? from.ReadInt32() : 0, hasSearch ? ReadBlock() : default);
        }

        // Where it stands: the index copies it.
        ReadOnlyMemory<byte> ReadBlock()
        {
            var length = from.Read7BitEncodedInt();
            var at = Magic.Length + (int)from.BaseStream.Position;
            from.BaseStream.Seek(length, SeekOrigin.Current);
            return bytes.AsMemory(at, length);
        }
    }

    private static void Write(BinaryWriter to, long number, Identity identity)
    {
        to.Write(number);
        to.Write(identity.Hash.High);
        to.Write(identity.Hash.Low);
        to.Write(identity.CreatedAt.Ticks);
        to.Write(identity.Name);
        to.Write7BitEncodedInt(identity.Search.Length);
        to.Write(identity.Search.Span);
    }

    private static void Write(BinaryWriter to, RecordLocation at)
    {
        to.Write(at.Offset);
        to.Write(at.Length);
    }

    private static RecordLocation ReadPlace(BinaryReader from, Segment segment) => new(segment.Number, from.ReadInt32(), from.ReadInt32());
}
