using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>Reads the running instances back from their records.</summary>
internal static class UnfinishedInstances
{
    /// <summary>Reads all of them, oldest first, and puts into the table what it lacks while a journal is read.</summary>
    public static IReadOnlyList<StoredInstance> Read(InstanceTable table, SegmentSet segments)
    {
        var unfinished = new List<StoredInstance>(table.Running.Count);
        foreach (var (number, running) in table.Running.OrderBy(pair => pair.Key))
        {
            var payloads = new List<ReadOnlyMemory<byte>>(running.Records.Count);
            foreach (var at in running.Records)
            {
                var segment = segments[at.Segment];
                segment.ReadRecord(at, out var record);
                if (record.Number != number || !record.TryAddPayloads(payloads))
                    throw new StoreDamagedException(segment.Path, at.Offset, $"this is no record of instance {number}.");
                if (record.Kind == RecordKind.Event)
                    continue;

                running.Id = record.IdText;
                running.CreatedAt = record.CreatedAt;
            }

            unfinished.Add(new StoredInstance(number, running.Id, running.CreatedAt, payloads));
        }

        return unfinished;
    }
}
