using System.Runtime.CompilerServices;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage;

/// <summary>The reading half.</summary>
internal sealed partial class InstanceStore
{
    private const int PageSize = 64;

    public InstanceEntry? Find(string id)
    {
        var hash = IdHash.Of(id);
        lock (_gate)
        {
            var number = _table.Index.Find(hash, except: SlotFlags.Arriving);
            return number == 0 ? null : _table.Index.Get(number).ToEntry(number);
        }
    }

    public StoredArchive? ReadArchive(InstanceEntry entry)
    {
        var bytes = ReadArchiveRecord(entry.Number, out var record);
        return bytes is null ? null : new StoredArchive(record.IdText, bytes.AsMemory(record.PayloadOffset, record.Payload.Length));
    }

    public IReadOnlyDictionary<OrchestrationRuntimeStatus, long> EndedCounts(string? name = null)
    {
        lock (_gate)
            return IInstanceStore.Ended.ToDictionary(status => status, status => _table.Index.Count(name, status));
    }

    public IEnumerable<InstanceEntry> NewestFirst(
        string? name = null, IReadOnlyCollection<OrchestrationRuntimeStatus>? statuses = null, long? below = null)
    {
        var from = below ?? long.MaxValue;
        var page = new InstanceEntry[PageSize];
        while (true)
        {
            int copied;
            lock (_gate)
            {
                copied = _table.Index.CopyNewestFirst(name, statuses, ref from, page);
            }

            for (var i = 0; i < copied; i++)
                yield return page[i];
            if (copied < page.Length)
                yield break;
        }
    }

    /// <summary>The archive record of an ended instance as it stands on disk; null when there is none (any more).</summary>
    private byte[]? ReadArchiveRecord(long number, out Record record)
    {
        while (true)
        {
            RecordLocation at;
            Segment segment;
            lock (_gate)
            {
                ref var slot = ref _table.Index.Get(number);
                if (Unsafe.IsNullRef(ref slot) || !slot.HasEnded)
                {
                    record = default;
                    return null;
                }

                at = slot.Archive;
                segment = _segments[at.Segment];
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

    /// <summary>The id of an ended instance, from memory while its end is on the way, else from its archive.</summary>
    private (string Id, DateTime CreatedAt) Identify(long number)
    {
        lock (_gate)
        {
            if (_table.Running.TryGetValue(number, out var running))
                return (running.Id, running.CreatedAt);
        }

        return ReadArchiveRecord(number, out var record) is null ? throw Gone(number) : (record.IdText, record.CreatedAt);
    }
}
