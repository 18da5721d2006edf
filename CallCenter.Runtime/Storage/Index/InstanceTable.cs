using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>
/// What the records on disk add up to. The same few rules whether a record was just flushed or is read at the start: an archive or a snapshot voids
/// everything said of its instance before, a purge for ever. Guarded by the store's gate.
/// </summary>
internal sealed class InstanceTable(SegmentSet segments)
{
    public InstanceIndex Index { get; } = new();

    /// <summary>Those that have not ended, and those whose end is not yet on disk.</summary>
    public Dictionary<long, RunningInstance> Running { get; } = [];

    /// <summary>An instance begins, or is told anew as a running one.</summary>
    public void ApplyWhole(long number, in Identity identity, RecordLocation at)
    {
        Begin(number, identity);
        ApplyEvent(number, at);
    }

    /// <summary>An instance that is open as far as a segment goes.</summary>
    /// <param name="number">The instance.</param>
    /// <param name="identity">What is known of it, if its first record there voids all earlier ones.</param>
    /// <param name="open">Its records there.</param>
    public void ApplyOpen(long number, in Identity? identity, RunningInstance open)
    {
        if (identity is not { } known)
        {
            for (var i = 0; i < open.Records.Count; i++)
                ApplyEvent(number, open.Records[i]);
            Running[number].Note = open.Note;
            return;
        }

        Begin(number, known);
        Running[number] = open;
        for (var i = 0; i < open.Records.Count; i++)
            segments.Hold(open.Records[i]);
    }

    public void ApplyEvent(long number, RecordLocation at)
    {
        ref var running = ref CollectionsMarshal.GetValueRefOrAddDefault(Running, number, out _);
        running ??= new RunningInstance();
        running.Records.Add(at);
        segments.Hold(at);
    }

    /// <summary>An instance has ended, or its archive stands elsewhere now.</summary>
    public void ApplyArchive(long number, in Identity identity, DateTime lastUpdatedAt, OrchestrationRuntimeStatus status, RecordLocation at)
    {
        ref var slot = ref Replace(number, identity);
        // It may have been reopened since, with the record of that still on the way.
        if (Running.TryGetValue(number, out var running) && running.OnTheWay == 0)
            Running.Remove(number);
        Index.SetEnded(ref slot, number, status, lastUpdatedAt, at);
        segments.Hold(at);
    }

    public void ApplyPurge(long number, RecordLocation at)
    {
        segments[at.Segment].TombstoneBytes += at.Length;
        ref var slot = ref Index.Get(number);
        ReleaseRecords(ref slot, number);
        Running.Remove(number);
        if (!Unsafe.IsNullRef(ref slot))
            Index.Remove(number);
    }

    private void Begin(long number, in Identity identity)
    {
        ref var slot = ref Replace(number, identity);
        Index.SetRunning(ref slot, number);
        slot.Flags &= ~SlotFlags.Arriving;
    }

    /// <summary>The slot of an instance of which nothing counts any more that was said before.</summary>
    private ref Slot Replace(long number, in Identity identity)
    {
        ref var slot = ref Index.Get(number);
        if (Unsafe.IsNullRef(ref slot))
            slot = ref Index.Add(number, identity);
        ReleaseRecords(ref slot, number);
        return ref slot;
    }

    private void ReleaseRecords(ref Slot slot, long number)
    {
        if (!Unsafe.IsNullRef(ref slot) && slot.HasEnded)
            segments.Release(slot.Archive);
        if (!Running.TryGetValue(number, out var running))
            return;

        for (var i = 0; i < running.Records.Count; i++)
            segments.Release(running.Records[i]);
        running.Records.Clear();
    }
}
