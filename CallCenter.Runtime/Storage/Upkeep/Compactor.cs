using System.Runtime.CompilerServices;
using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;
using CallCenter.Runtime.Storage.Recovery;

namespace CallCenter.Runtime.Storage.Upkeep;

/// <summary>
/// Gives disk back: what still counts in a mostly void segment is appended to the journal once more, and when that is durable the file goes. A crash in
/// between leaves records twice, of which the later one counts, as always.
/// </summary>
internal sealed class Compactor(StoreOptions options, IFileLayer files, SegmentSet segments, InstanceTable table, CommitLog log, object gate, ILogger logger)
{
    // So much is appended before it waits for the disk: those who work beside it wait for no more than that.
    private const int SliceSize = 256 << 10;
    private const int SliceCount = 256;
    private const int MostPasses = 10;
    private readonly HashSet<int> _damaged = [];

    /// <summary>Compacts the segment with the most garbage; false when none has enough.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation)
    {
        if (Pick(out var isOldest) is not { } segment)
            return false;

        try
        {
            await CopyAsync(segment, withPurges: !isOldest, cancellation);
            for (var pass = 0; pass < MostPasses; pass++)
            {
                await SnapshotRunningAsync(segment, cancellation);
                if (TryDrop(segment) is not { } position)
                    continue;

                await log.WhenDurableAsync(position, cancellation);
                Delete(segment);
                return true;
            }
        }
        catch (StoreException damage)
        {
            logger.LogError(damage, "A segment cannot be compacted.");
            _damaged.Add(segment.Number);
        }

        // An instance that was never at rest while it was looked at: another time.
        return false;
    }

    private Segment? Pick(out bool isOldest)
    {
        lock (gate)
        {
            var oldest = segments.All.FirstOrDefault();
            var most = segments.Sealed
                .Where(segment => !_damaged.Contains(segment.Number))
                .Select(segment => (Segment: segment, Garbage: Garbage(segment, segment == oldest), Size: segment.End - segment.Header.Size))
                .Where(one => one.Garbage > one.Size * options.GarbageShare || one.Garbage == one.Size)
                .OrderByDescending(one => one.Garbage)
                .FirstOrDefault();
            isOldest = most.Segment == oldest;
            return most.Segment;
        }
    }

    // Purges count until nothing older is left that they could void.
    private static long Garbage(Segment segment, bool isOldest) =>
        segment.End - segment.Header.Size - segment.LiveBytes - (isOldest ? 0 : segment.TombstoneBytes);

    private async Task CopyAsync(Segment segment, bool withPurges, CancellationToken cancellation)
    {
        var cursor = new BatchCursor(segment.File, segment.Header, segment.End);
        while (cursor.Offset < segment.End)
        {
            if (CopySlice(segment, cursor, withPurges) is { } position)
                await log.WhenDurableAsync(position, cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private long? CopySlice(Segment segment, BatchCursor cursor, bool withPurges)
    {
        long? position = null;
        var copied = 0;
        for (var read = 0; copied < SliceSize && read < SliceSize * 4 && cursor.Offset < segment.End;)
        {
            if (!cursor.TryNext(out var records))
                throw new StoreDamagedException(segment.Path, cursor.Offset, "a batch fails its checksum.");

            read += records.Length;
            var offset = (int)cursor.RecordsOffset;
            while (records.Length > 0)
            {
                var record = SegmentScanner.ReadRecord(segment.Path, records, offset);
                if (TryCopy(record, records[..record.Size], new RecordLocation(segment.Number, offset, record.Size), withPurges) is { } at)
                {
                    position = at;
                    copied += record.Size;
                }

                offset += record.Size;
                records = records[record.Size..];
            }
        }

        return position;
    }

    private long? TryCopy(in Record record, ReadOnlySpan<byte> bytes, RecordLocation from, bool withPurges)
    {
        if (record.Kind != RecordKind.Archive && !(record.Kind == RecordKind.Purge && withPurges))
            return null;

        lock (gate)
        {
            if (record.Kind == RecordKind.Archive && !Counts(record.Number, from))
                return null;

            var change = new Change(record.Kind, record.Number, log.Records.Length, 0)
            {
                IsMoved = true,
                LastUpdatedAt = record.LastUpdatedAt,
                Status = record.Status,
            };
            log.Records.Write(bytes);
            return log.Add(change);
        }
    }

    private bool Counts(long number, RecordLocation archive)
    {
        ref var slot = ref table.Index.Get(number);
        // While its purge or its reopening is on the way, nothing may be appended behind that.
        return !Unsafe.IsNullRef(ref slot) && slot.HasEnded && slot.Archive == archive
            && (slot.Flags & SlotFlags.Leaving) == 0 && !table.Running.ContainsKey(number);
    }

    private async Task SnapshotRunningAsync(Segment segment, CancellationToken cancellation)
    {
        List<long> numbers;
        long position;
        lock (gate)
        {
            numbers = [.. table.Running.Where(pair => pair.Value.Records.IsIn(segment.Number)).Select(pair => pair.Key)];
            position = log.Appended;
        }

        var appended = 0;
        foreach (var number in numbers)
        {
            position = RunningSnapshot.TryAppend(number, table, segments, log, gate) ?? position;
            if (++appended % SliceCount == 0)
                await log.WhenDurableAsync(position, cancellation);
        }

        // Also what is on the way of others: then they may be at rest.
        await log.WhenDurableAsync(position, cancellation);
    }

    private long? TryDrop(Segment segment)
    {
        lock (gate)
        {
            if (segment.LiveBytes > 0)
                return null;

            var change = new Change(RecordKind.Drop, segment.Number, log.Records.Length, 0) { IsMoved = true };
            RecordWriter.Drop(log.Records, segment.Number);
            return log.Add(change);
        }
    }

    private void Delete(Segment segment)
    {
        segment.File.Dispose();
        // Should this fail, the next start does it.
        Quietly.Run(() =>
        {
            files.Delete(segment.Path);
            files.Delete(SegmentNames.Index(options.Folder, segment.Number));
            files.FlushFolder(options.Folder);
        });
        options.Metrics?.CountCompacted(segment.Capacity);
        logger.LogInformation("Compacted {File}: {Bytes} bytes freed.", segment.Path, segment.Capacity);
    }
}
