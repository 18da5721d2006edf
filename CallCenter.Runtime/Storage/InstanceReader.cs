using System.Runtime.CompilerServices;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;
using CallCenter.Runtime.Storage.Recovery;

namespace CallCenter.Runtime.Storage;

/// <summary>Reads instances: what the table knows of them, and from the segments what it does not.</summary>
/// <param name="table">The table.</param>
/// <param name="segments">The segments.</param>
/// <param name="gate">Guards both; the disk is read outside of it.</param>
internal sealed class InstanceReader(InstanceTable table, SegmentSet segments, object gate)
{
    private volatile bool _closed;

    public InstanceEntry? Find(string id)
    {
        var hash = IdHash.Of(id);
        lock (gate)
        {
            var number = table.Index.Find(hash, except: SlotFlags.Arriving);
            return number == 0 ? null : table.Index.Get(number).ToEntry(number);
        }
    }

    public StoredArchive? ReadArchive(InstanceEntry entry)
    {
        var bytes = ReadArchiveRecord(entry.Number, out var record);
        return bytes is null ? null : new StoredArchive(record.IdText, bytes.AsMemory(record.PayloadOffset, record.Payload.Length));
    }

    /// <summary>An unfinished instance, and its id in the table from now on; null when there is none.</summary>
    public StoredInstance? Load(long number)
    {
        while (true)
        {
            List<(Segment Segment, RecordLocation At)> records;
            lock (gate)
            {
                if (!table.Running.TryGetValue(number, out var running) || running.IsEnding)
                    return null;
                records = running.Records.In(segments);
            }

            try
            {
                var (stored, _) = UnfinishedInstances.Read(number, records);
                lock (gate)
                {
                    // Its start may not be on disk: then it is not read with the rest.
                    if (table.Running.TryGetValue(number, out var running) && running.Id.Length == 0)
                        running.Id = stored.Id;
                }

                return stored;
            }
            catch (ObjectDisposedException) when (!_closed)
            {
                // Compaction has moved it between the look and the reading: look again.
            }
        }
    }

    public IReadOnlyDictionary<OrchestrationRuntimeStatus, long> EndedCounts(string? name)
    {
        lock (gate)
            return IInstanceStore.Ended.ToDictionary(status => status, status => table.Index.Count(name, status));
    }

    /// <summary>The instances that a scan asks for, a chunk at a time.</summary>
    public IEnumerable<ReadOnlyMemory<InstanceEntry>> Scan(InstanceScan scan)
    {
        NumberSet[] lists;
        (long First, long End) chunks;
        lock (gate)
        {
            lists = [.. table.Index.Lists(scan.Name, scan.Statuses)];
            chunks = table.Index.Chunks;
        }

        var first = scan.OldestFirst ? Math.Max(chunks.First, InstanceIndex.ChunkOf(scan.From ?? 0)) : chunks.First;
        var end = scan.OldestFirst ? chunks.End : Math.Min(chunks.End, InstanceIndex.ChunkOf(scan.From ?? long.MaxValue) + 1);
        var found = new InstanceEntry[InstanceIndex.ChunkSize];
        var places = scan.Search is null ? [] : new ulong[InstanceIndex.ChunkWords];
        for (var i = 0; i < end - first; i++)
        {
            var chunk = scan.OldestFirst ? first + i : end - 1 - i;
            if (scan.Search is { } search && !Find(chunk, search, places))
                continue;
            int copied;
            lock (gate)
            {
                copied = table.Index.CopyChunk(chunk, lists, places, found);
            }

            if (copied == 0)
                continue;
            if (!scan.OldestFirst)
                Array.Reverse(found, 0, copied);
            yield return found.AsMemory(0, copied);
        }
    }

    /// <summary>The id of an ended instance, from memory while its end is on the way, else from its archive; null when there is none (any more).</summary>
    public string? IdOf(long number)
    {
        lock (gate)
        {
            if (table.Running.TryGetValue(number, out var running))
                return running.Id;
        }

        return ReadArchiveRecord(number, out var record) is null ? null : record.IdText;
    }

    /// <summary>The files are about to be closed: a file that is closed is no reason to look once more.</summary>
    public void Close() => _closed = true;

    private bool Find(long chunk, SearchFilter search, ulong[] places)
    {
        ReadOnlyMemory<byte> block;
        lock (gate)
            block = table.Index.SearchOf(chunk);
        Array.Clear(places);
        return SearchBlock.Find(block.Span, search, places);
    }

    /// <summary>The archive record of an ended instance as it stands on disk; null when there is none (any more).</summary>
    private byte[]? ReadArchiveRecord(long number, out Record record)
    {
        while (true)
        {
            RecordLocation at;
            Segment segment;
            lock (gate)
            {
                ref var slot = ref table.Index.Get(number);
                if (Unsafe.IsNullRef(ref slot) || !slot.HasEnded)
                {
                    record = default;
                    return null;
                }

                at = slot.Archive;
                segment = segments[at.Segment];
            }

            try
            {
                var bytes = segment.ReadRecord(at, out record);
                if (record.Number == number && record.Kind == RecordKind.Archive)
                    return bytes;
                throw new StoreDamagedException(segment.Path, at.Offset, $"this is not the archive of instance {number}.");
            }
            catch (ObjectDisposedException) when (!_closed)
            {
                // Compaction has moved it between the look and the reading: look again.
            }
        }
    }
}
