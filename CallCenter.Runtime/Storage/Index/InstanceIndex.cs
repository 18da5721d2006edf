using System.Numerics;
using System.Runtime.CompilerServices;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>
/// All instances by number, by the hash of their id, and by name and status. Slots lie in the order of the numbers, which is the order of creation, in
/// chunks that go when their last instance goes; the hash table is a chain through the slots. Guarded by the store's gate.
/// </summary>
internal sealed class InstanceIndex
{
    private const int ChunkBits = 9;
    public const int ChunkSize = 1 << ChunkBits;

    /// <summary>How many words hold a bit for each of a chunk.</summary>
    public const int ChunkWords = ChunkSize / 64;
    private readonly ChunkList<Chunk> _chunks = new();
    private readonly InstanceLists _lists = new();
    private uint[] _buckets = new uint[1 << 10];
    private long _count;

    /// <summary>The greatest number that was ever added.</summary>
    public long Newest { get; private set; }

    public NameTable Names { get; } = new();

    /// <summary>The slot of a number; a null reference when there is none.</summary>
    public ref Slot Get(long number)
    {
        if (_chunks[number >> ChunkBits] is not { } chunk)
            return ref Unsafe.NullRef<Slot>();

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
            if (slot.Hash == hash && (slot.Flags & except) == 0 && number != besides)
                return number;
            next = slot.Next;
        }

        return 0;
    }

    /// <summary>Adds an instance. It is not shown before it is set to something.</summary>
    public ref Slot Add(long number, scoped in Identity identity, SlotFlags flags = SlotFlags.Empty)
    {
        if (_count >= _buckets.Length + (_buckets.Length / 2))
            Rehash();
        // What came before is whole, as numbers are given in order.
        if (number >> ChunkBits > Newest >> ChunkBits)
            _chunks[Newest >> ChunkBits]?.Search.Trim();
        Newest = Math.Max(Newest, number);
        _count++;

        var chunk = _chunks.Place(number >> ChunkBits) ??= new Chunk();
        chunk.Used++;
        chunk.Search.Add((int)(number & (ChunkSize - 1)), identity.Search.Span);
        ref var slot = ref chunk.Slots[number & (ChunkSize - 1)];
        slot = new Slot { Hash = identity.Hash, Name = identity.Name, CreatedTicks = identity.CreatedAt.Ticks, Flags = SlotFlags.Used | flags };
        slot.UpdatedTicks = slot.CreatedTicks;
        Chain(ref slot, number);
        return ref slot;
    }

    public void SetEnded(ref Slot slot, long number, OrchestrationRuntimeStatus status, DateTime lastUpdatedAt, RecordLocation archive) =>
        Set(ref slot, number, status, lastUpdatedAt.Ticks, archive);

    public void SetRunning(ref Slot slot, long number) => Set(ref slot, number, OrchestrationRuntimeStatus.Running, slot.CreatedTicks, default);

    public void Remove(long number)
    {
        ref var slot = ref Get(number);
        _lists.Remove(slot.Name, slot.Status, number);
        Unchain(ref slot, number);
        slot = default;
        _count--;
        if (--_chunks[number >> ChunkBits]!.Used == 0)
            _chunks.Remove(number >> ChunkBits);
    }

    /// <summary>How many instances there are of a status, and of a name unless that is null.</summary>
    public long Count(string? name, OrchestrationRuntimeStatus status) => Lists(name, [status]).Sum(list => list.Count);

    /// <summary>The chunks that there are: the number of the first one, and of the first behind the last one.</summary>
    public (long First, long End) Chunks => (_chunks.First, _chunks.End);

    /// <summary>The chunk that a number is in.</summary>
    public static long ChunkOf(long number) => number >> ChunkBits;

    /// <summary>What the instances of a chunk are searched by. It may be read without the gate.</summary>
    public ReadOnlyMemory<byte> SearchOf(long number) => _chunks[number]?.Search.Written ?? default;

    /// <summary>Gives back what was kept in store while a journal was read.</summary>
    public void Trim()
    {
        for (var chunk = _chunks.First; chunk < _chunks.End; chunk++)
            _chunks[chunk]?.Search.Trim();
    }

    /// <summary>Copies the instances of a chunk that are in one of some lists, oldest first.</summary>
    /// <param name="number">The chunk.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="among">A bit for each that may be copied; empty for all.</param>
    /// <param name="to">Takes <see cref="ChunkSize"/> of them.</param>
    /// <returns>How many.</returns>
    public int CopyChunk(long number, IReadOnlyList<NumberSet> lists, ReadOnlySpan<ulong> among, Span<InstanceEntry> to)
    {
        if (_chunks[number] is not { } chunk)
            return 0;
        Span<ulong> bits = stackalloc ulong[ChunkWords];
        foreach (var list in lists)
            list.AddTo(bits, number << ChunkBits);
        var copied = 0;
        for (var word = 0; word < bits.Length; word++)
        {
            for (var left = among.IsEmpty ? bits[word] : bits[word] & among[word]; left != 0; left &= left - 1)
            {
                var at = (word << 6) + BitOperations.TrailingZeroCount(left);
                to[copied++] = chunk.Slots[at].ToEntry((number << ChunkBits) + at);
            }
        }
        return copied;
    }

    /// <summary>The numbers of the instances of a name and of some statuses (null: of all).</summary>
    public IEnumerable<NumberSet> Lists(string? name, IEnumerable<OrchestrationRuntimeStatus>? statuses)
    {
        if (name is null)
            return _lists.Of(null, statuses);
        return Names.Find(name) is { } known ? _lists.Of(known, statuses) : [];
    }

    private void Set(ref Slot slot, long number, OrchestrationRuntimeStatus status, long updatedTicks, RecordLocation archive)
    {
        _lists.Remove(slot.Name, slot.Status, number);
        _lists.Add(slot.Name, status, number);
        (slot.Status, slot.UpdatedTicks, slot.Archive) = (status, updatedTicks, archive);
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
        while (link != (uint)number)
            link = ref Get(Whole(link)).Next;
        link = slot.Next;
    }

    private void Rehash()
    {
        _buckets = new uint[_buckets.Length * 2];
        for (var chunk = _chunks.First; chunk < _chunks.End; chunk++)
        {
            for (var i = 0; _chunks[chunk] is { } found && i < ChunkSize; i++)
            {
                if (found.Slots[i].Flags != SlotFlags.Empty)
                    Chain(ref found.Slots[i], (chunk << ChunkBits) + i);
            }
        }
    }

    private sealed class Chunk
    {
        public readonly Slot[] Slots = new Slot[ChunkSize];
        public readonly SearchBlock Search = new();
        public int Used;
    }
}
