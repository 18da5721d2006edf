using System.Runtime.CompilerServices;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>Reads the records of a segment.</summary>
internal static class SegmentScanner
{
    /// <summary>Reads a sealed segment: every byte up to its end was acknowledged and must be sound.</summary>
    public static SegmentContents ReadSealed(Segment segment, StoreOptions options)
    {
        var contents = new SegmentContents();
        var cursor = new BatchCursor(segment.File, segment.Header, segment.End);
        while (cursor.Offset < segment.End)
        {
            if (!cursor.TryNext(out var records))
                throw new StoreDamagedException(segment.Path, cursor.Offset, "a batch fails its checksum.");
            Collect(segment.Path, segment.Number, records, cursor.RecordsOffset, contents, options);
        }

        return contents;
    }

    /// <summary>Reads the sound batches at the front of the last segment.</summary>
    public static SegmentContents ReadLast(string path, SegmentHeader header, BatchCursor cursor, StoreOptions options)
    {
        var contents = new SegmentContents();
        while (cursor.TryNext(out var records))
            Collect(path, header.Segment, records, cursor.RecordsOffset, contents, options);
        return contents;
    }

    /// <summary>Reads the record at the front of some bytes.</summary>
    public static Record ReadRecord(string path, ReadOnlySpan<byte> records, long offset)
    {
        if (!Record.TryRead(records, out var record))
            throw new StoreDamagedException(path, offset, "a record fails its checksum.");
        return record.Kind <= RecordKind.Rest
            ? record
            : throw new StoreNewerException(path, offset, $"record kind {(int)record.Kind}; this one reads up to {(int)RecordKind.Rest}");
    }

    // Once, and through megabytes: not to be run unoptimized.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Collect(string path, int segment, ReadOnlySpan<byte> records, long offset, SegmentContents into, StoreOptions options)
    {
        while (records.Length > 0)
        {
            var record = ReadRecord(path, records, offset);
            into.Add(record, new RecordLocation(segment, (int)offset, record.Size), options);
            offset += record.Size;
            records = records[record.Size..];
        }
    }
}
