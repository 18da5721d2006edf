using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Upkeep;

/// <summary>Writes a running instance anew, all its payloads in one record, so that its old records need not be kept.</summary>
internal static class RunningSnapshot
{
    /// <summary>Appends it; null when the instance is not at rest or has ended.</summary>
    public static long? TryAppend(long number, InstanceTable table, SegmentSet segments, CommitLog log, object gate)
    {
        List<(Segment Segment, RecordLocation At)> records;
        lock (gate)
        {
            if (!table.Running.TryGetValue(number, out var running) || running.OnTheWay > 0)
                return null;
            records = [.. running.Records.Select(at => (segments[at.Segment], at))];
        }

        var packed = Pack(records);
        lock (gate)
        {
            // Read without the gate: it counts only if nothing has come in meanwhile.
            if (!table.Running.TryGetValue(number, out var running) || running.OnTheWay > 0)
                return null;
            if (!running.Records.SequenceEqual(records.Select(record => record.At)))
                return null;

            var change = new Change(RecordKind.Snapshot, number, log.Records.Length, 0);
            RecordWriter.Snapshot(log.Records, number, running.Id, running.CreatedAt, packed.Span);
            running.OnTheWay++;
            return log.Add(change);
        }
    }

    private static ByteBuffer Pack(List<(Segment Segment, RecordLocation At)> records)
    {
        var packed = new ByteBuffer();
        var payloads = new List<ReadOnlyMemory<byte>>();
        foreach (var (segment, at) in records)
        {
            segment.ReadRecord(at, out var record);
            if (!record.TryAddPayloads(payloads))
                throw new StoreDamagedException(segment.Path, at.Offset, "a snapshot does not hold whole payloads.");
        }

        foreach (var payload in payloads)
            RecordWriter.Pack(packed, payload.Span);
        return packed;
    }
}
