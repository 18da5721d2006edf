using System.Runtime.CompilerServices;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>Reads the running instances back from their records.</summary>
internal static class UnfinishedInstances
{
    /// <summary>Reads them, oldest first, and puts into the table what it lacks while a journal is read.</summary>
    /// <param name="table">What the journal adds up to.</param>
    /// <param name="segments">Its segments.</param>
    /// <param name="withResting">Whether those that rest are read too.</param>
    public static IReadOnlyList<StoredInstance> Read(InstanceTable table, SegmentSet segments, bool withResting)
    {
        var unfinished = new List<StoredInstance>();
        foreach (var (number, running) in table.Running.Where(pair => withResting || pair.Value.Note.IsEmpty).OrderBy(pair => pair.Key))
        {
            var (stored, _) = Read(number, running.Records.In(segments));
            running.Id = stored.Id;
            unfinished.Add(stored);
        }

        return unfinished;
    }

    /// <summary>Those that rest, of which nothing is read.</summary>
    // Once, and through a million: not to be run unoptimized.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static IReadOnlyList<RestingInstance> Resting(InstanceTable table)
    {
        var resting = new List<RestingInstance>();
        foreach (var (number, running) in table.Running)
        {
            if (!running.Note.IsEmpty)
                resting.Add(new RestingInstance(number, table.Index.Names.All[table.Index.Get(number).Name], running.Note));
        }

        return resting;
    }

    /// <summary>Reads one from its records, and what it rests with; empty when it does not.</summary>
    /// <exception cref="StoreDamagedException">They are not there.</exception>
    /// <exception cref="ObjectDisposedException">One of their segments was compacted away meanwhile.</exception>
    public static (StoredInstance Instance, ReadOnlyMemory<byte> Note) Read(long number, IEnumerable<(Segment Segment, RecordLocation At)> records)
    {
        var (id, note) = ("", default(ReadOnlyMemory<byte>));
        var payloads = new List<ReadOnlyMemory<byte>>();
        foreach (var (segment, at) in records)
        {
            segment.ReadRecord(at, out var record);
            if (record.Number != number || !record.TryAddPayloads(payloads))
                throw new StoreDamagedException(segment.Path, at.Offset, $"this is not a record of instance {number}.");
            note = record.Kind == RecordKind.Rest ? record.Payload.ToArray() : default;
            if (record.Kind is RecordKind.Start or RecordKind.Snapshot)
                id = record.IdText;
        }

        return (new StoredInstance(number, id, payloads), note);
    }
}
