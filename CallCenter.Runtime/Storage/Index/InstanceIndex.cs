using System.Runtime.CompilerServices;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>
/// All instances by number and by the hash of their id. Slots lie in the order of the numbers, which is the order of creation, in chunks that go when
/// their last instance goes; the hash table is a chain through the slots. Guarded by the store's gate.
/// </summary>
internal sealed class InstanceIndex
{
    private const int ChunkBits = 9;
    private const int ChunkSize = 1 << ChunkBits;
    private readonly List<Chunk?> _chunks = [];
    private readonly long[] _ended = new long[Enum.GetValues<OrchestrationRuntimeStatus>().Length];
    private long _firstChunk;
    private uint[] _buckets = new uint[1 << 10];
    private long _count;

    /// <summary>The greatest number that was ever added.</summary>
    public long Newest { get; private set; }

    public long CountOf(OrchestrationRuntimeStatus status) => _ended[(int)status];

    /// <summary>The slot of a number; a null reference when there is none.</summary>
    public ref Slot Get(long number)
    {
        if (ChunkOf(number) is not { } chunk) return ref Unsafe.NullRef<Slot>();

        ref var slot = ref chunk.Slots[number & (ChunkSize - 1)];
        return ref slot.Flags == SlotFlags.Empty ? ref Unsafe.NullRef<Slot>() : ref slot;
    }

    public bool Contains(long number) => !Unsafe.IsNullRef(ref Get(number));

    /// <summary>The number of an instance of this id, the newest first; 0 when there is none.</summary>
    /// <param name="hash">The hash of the id.</param>
    /// <param name="except">What it must not have.</param>
    /// <param name="besides">A number to pass over.</param>
    public long Find(IdHash hash, SlotFlags except = SlotFlags.Empty, long besides = 0)
    {
        var next = _buckets[Bucket(hash)];
        while (next != 0)
        {
            var number = Whole(next);
            ref var slot = ref Get(number);
            if (slot.Hash == hash && (slot.Flags & except) == 0 && number != besides) return number;
            next = slot.Next;
        }

        return 0;
    }

    public ref Slot Add(long number, IdHash hash, DateTime createdAt, SlotFlags flags = SlotFlags.Empty)
    {
        if (_count >= _buckets.Length + (_buckets.Length / 2)) Rehash();
        Newest = Math.Max(Newest, number);
        _count++;

        ref var slot = ref Room(number);
        slot = new Slot { Hash = hash, CreatedTicks = createdAt.Ticks, UpdatedTicks = createdAt.Ticks, Flags = SlotFlags.Used | flags };
        Chain(ref slot, number);
        return ref slot;
    }

    public void SetEnded(ref Slot slot, OrchestrationRuntimeStatus status, DateTime lastUpdatedAt, RecordLocation archive)
    {
        SetRunning(ref slot);
        _ended[(int)status]++;
        slot.Status = status;
        slot.UpdatedTicks = lastUpdatedAt.Ticks;
        slot.Archive = archive;
    }

    public void SetRunning(ref Slot slot)
    {
        if (slot.HasEnded) _ended[(int)slot.Status]--;
        slot.Status = OrchestrationRuntimeStatus.Running;
        slot.UpdatedTicks = slot.CreatedTicks;
        slot.Archive = default;
    }

    public void Remove(long number)
    {
        ref var slot = ref Get(number);
        SetRunning(ref slot);
        Unchain(ref slot, number);
        slot = default;
        _count--;

        var at = (int)((number >> ChunkBits) - _firstChunk);
        if (--_chunks[at]!.Used > 0) return;
        _chunks[at] = null;
        TrimFront();
    }

    /// <summary>Copies instances, newest first, below a number; returns how many, and in <paramref name="below"/> where to go on.</summary>
    public int CopyNewestFirst(ref long below, Span<InstanceEntry> to)
    {
        var copied = 0;
        var number = Math.Min(below, Newest + 1) - 1;
        for (; number > 0 && number >> ChunkBits >= _firstChunk && copied < to.Length; number--)
        {
            if (ChunkOf(number) is not { } chunk)
            {
                // To the first number of the empty chunk: the loop steps below it.
                number &= ~(ChunkSize - 1L);
                continue;
            }

            ref var slot = ref chunk.Slots[number & (ChunkSize - 1)];
            if (IsShown(slot)) to[copied++] = slot.ToEntry(number);
        }

        below = number + 1;
        return copied;
    }

    /// <summary>Copies instances, oldest first, from a number on; returns how many, and in <paramref name="from"/> where to go on.</summary>
    public int CopyOldestFirst(ref long from, Span<InstanceEntry> to)
    {
        var copied = 0;
        var number = Math.Max(from, _firstChunk << ChunkBits);
        for (; number <= Newest && copied < to.Length; number++)
        {
            if (ChunkOf(number) is not { } chunk)
            {
                // To the last number of the empty chunk: the loop steps over it.
                number |= ChunkSize - 1L;
                continue;
            }

            ref var slot = ref chunk.Slots[number & (ChunkSize - 1)];
            if (IsShown(slot)) to[copied++] = slot.ToEntry(number);
        }

        from = number;
        return copied;
    }

    private static bool IsShown(in Slot slot) => slot.Flags != SlotFlags.Empty && (slot.Flags & SlotFlags.Arriving) == 0;

    private Chunk? ChunkOf(long number)
    {
        var at = (number >> ChunkBits) - _firstChunk;
        return at >= 0 && at < _chunks.Count ? _chunks[(int)at] : null;
    }

    private ref Slot Room(long number)
    {
        var chunk = number >> ChunkBits;
        if (_chunks.Count == 0) _firstChunk = chunk;
        if (chunk < _firstChunk)
        {
            // Only while a journal is read: compaction has moved old instances to the end of it.
            _chunks.InsertRange(0, new Chunk?[_firstChunk - chunk]);
            _firstChunk = chunk;
        }

        var at = (int)(chunk - _firstChunk);
        while (_chunks.Count <= at) _chunks.Add(null);
        var found = _chunks[at] ??= new Chunk();
        found.Used++;
        return ref found.Slots[number & (ChunkSize - 1)];
    }

    private void TrimFront()
    {
        var empty = 0;
        while (empty < _chunks.Count && _chunks[empty] is null) empty++;
        // Half of them at once, or all: moving the rest down is paid for by those that go.
        if (empty < _chunks.Count && empty * 2 < _chunks.Count) return;
        _chunks.RemoveRange(0, empty);
        _firstChunk += empty;
    }

    private int Bucket(IdHash hash) => (int)(hash.Low & (ulong)(_buckets.Length - 1));

    // Chains hold 32 bits of a number: instances that exist at the same time are never 2^32 numbers apart.
    private long Whole(uint low) => Newest - ((uint)Newest - low);

    private void Chain(ref Slot slot, long number)
    {
        ref var bucket = ref _buckets[Bucket(slot.Hash)];
        slot.Next = bucket;
        bucket = (uint)number;
    }

    private void Unchain(ref Slot slot, long number)
    {
        ref var link = ref _buckets[Bucket(slot.Hash)];
        while (link != (uint)number) link = ref Get(Whole(link)).Next;
        link = slot.Next;
    }

    private void Rehash()
    {
        _buckets = new uint[_buckets.Length * 2];
        for (var at = 0; at < _chunks.Count; at++)
        {
            if (_chunks[at] is not { } chunk) continue;
            for (var i = 0; i < ChunkSize; i++)
            {
                if (chunk.Slots[i].Flags != SlotFlags.Empty) Chain(ref chunk.Slots[i], ((_firstChunk + at) << ChunkBits) + i);
            }
        }
    }

    private sealed class Chunk
    {
        public readonly Slot[] Slots = new Slot[ChunkSize];
        public int Used;
    }
}
