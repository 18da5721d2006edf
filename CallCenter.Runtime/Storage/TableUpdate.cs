using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage;

/// <summary>What a batch does to the table, and to the segments, once it is on disk. Guarded by the store's gate.</summary>
internal sealed class TableUpdate(InstanceTable table, SegmentSet segments)
{
    public void Apply(CommitBatch batch, RecordLocation batchAt)
    {
        segments[batchAt.Segment].End = batchAt.Offset + batchAt.Length;
        foreach (var change in batch.Changes)
            Apply(change, new RecordLocation(batchAt.Segment, batchAt.Offset + change.Offset, change.Length));
    }

    private void Apply(in Change change, RecordLocation at)
    {
        var number = change.Number;
        if (!change.IsMoved && table.Running.TryGetValue(number, out var running))
            running.OnTheWay--;
        switch (change.Kind)
        {
            case RecordKind.Start or RecordKind.Snapshot:
                table.ApplyWhole(number, table.Index.Get(number).Identity, at);
                break;
            case RecordKind.Event or RecordKind.Rest:
                table.ApplyEvent(number, at);
                break;
            case RecordKind.Archive:
                table.ApplyArchive(number, table.Index.Get(number).Identity, change.LastUpdatedAt, change.Status, at);
                break;
            case RecordKind.Purge:
                table.ApplyPurge(number, at);
                break;
            case RecordKind.Drop:
                segments.Remove((int)number);
                break;
        }
    }
}
