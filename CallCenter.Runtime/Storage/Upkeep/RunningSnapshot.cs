using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;
using CallCenter.Runtime.Storage.Recovery;

namespace CallCenter.Runtime.Storage.Upkeep;

/// <summary>Writes a running instance anew, all its payloads in one record, so that its old records need not be kept.</summary>
internal static class RunningSnapshot
{
    /// <summary>Appends it; null when something of the instance is on its way, or it has ended.</summary>
    public static long? TryAppend(long number, InstanceTable table, SegmentSet segments, CommitLog log, object gate)
    {
        List<(Segment Segment, RecordLocation At)> records;
        lock (gate)
        {
            if (!table.Running.TryGetValue(number, out var running) || running.OnTheWay > 0)
                return null;
            records = running.Records.In(segments);
        }

        var (stored, note) = UnfinishedInstances.Read(number, records);
        var packed = new ByteBuffer();
        foreach (var payload in stored.Payloads)
            RecordWriter.Pack(packed, payload.Span);
        lock (gate)
        {
            // Read without the gate: it counts only if nothing has come in meanwhile.
            if (!table.Running.TryGetValue(number, out var running) || running.OnTheWay > 0)
                return null;
            if (!running.Records.In(segments).SequenceEqual(records))
                return null;

            var change = new Change(RecordKind.Snapshot, number, log.Records.Length, 0);
            RecordWriter.Snapshot(log.Records, number, stored.Id, table.Index.Get(number).CreatedAt, packed.Span);
            running.OnTheWay++;
            var position = log.Add(change);
            if (note.IsEmpty)
                return position;

            change = new Change(RecordKind.Rest, number, log.Records.Length, 0);
            RecordWriter.Rest(log.Records, number, note.Span);
            running.OnTheWay++;
            return log.Add(change);
        }
    }
}
