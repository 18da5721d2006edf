using System.Runtime.CompilerServices;
using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage;

/// <summary>Purges instances: because somebody asks for it, because their time is over, or because another takes the place.</summary>
internal sealed class Purging(InstanceTable table, CommitLog log, object gate)
{
    /// <summary>Purges an instance, ended or not.</summary>
    /// <returns>The position to wait for.</returns>
    public long Purge(long number)
    {
        lock (gate)
        {
            ref var slot = ref table.Index.Get(number);
            // Gone or going: everything appended so far, and with it the purge, is what to wait for.
            if (Unsafe.IsNullRef(ref slot) || (slot.Flags & SlotFlags.Leaving) != 0)
                return log.Appended;
            return Add(ref slot, number);
        }
    }

    /// <summary>Purges an instance that has ended and was last updated before a moment.</summary>
    /// <returns>The position; null when it is not due.</returns>
    public long? TryExpire(long number, DateTime before)
    {
        lock (gate)
        {
            ref var slot = ref table.Index.Get(number);
            var isDue = !Unsafe.IsNullRef(ref slot) && slot.HasEnded && slot.UpdatedTicks < before.Ticks;
            return isDue && (slot.Flags & SlotFlags.Leaving) == 0 && !table.Running.ContainsKey(number) ? Add(ref slot, number) : null;
        }
    }

    /// <summary>Purges an ended instance whose place another takes in the same batch: on disk both happen or neither. Call it inside the gate.</summary>
    /// <returns>False when it has not ended.</returns>
    public bool TryReplace(long number, IdHash hash)
    {
        ref var slot = ref table.Index.Get(number);
        if (Unsafe.IsNullRef(ref slot) || (slot.Flags & SlotFlags.Leaving) != 0)
            return true;
        if (slot.Hash != hash)
            throw new ArgumentException($"Instance {number} has another id.", nameof(number));
        if (table.Running.TryGetValue(number, out var running) && !running.IsEnding)
            return false;

        Add(ref slot, number);
        return true;
    }

    private long Add(ref Slot slot, long number)
    {
        var change = new Change(RecordKind.Purge, number, log.Records.Length, 0);
        RecordWriter.Purge(log.Records, number);
        slot.Flags |= SlotFlags.Leaving;
        if (table.Running.TryGetValue(number, out var running))
        {
            running.IsEnding = true;
            running.OnTheWay++;
        }

        return log.Add(change);
    }
}
