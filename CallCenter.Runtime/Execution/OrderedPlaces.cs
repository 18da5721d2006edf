using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CallCenter.Runtime.Execution;

/// <summary>
/// Instances in the order of something, such as their deadlines; of equal ones the lesser number comes first. A million take 16 MB and no objects: they lie one behind the other in
/// blocks of some hundreds.
/// </summary>
internal sealed class OrderedPlaces
{
    private const int BlockSize = 512;
    private readonly List<Block> _blocks = [];

    public int Count { get; private set; }

    /// <summary>The first one; null when there is none.</summary>
    public (long Rank, long Number)? First => Count > 0 ? _blocks[0].Places[0] : null;

    public void Add(long rank, long number)
    {
        if (_blocks.Count == 0)
            _blocks.Add(new Block(new (long, long)[BlockSize], 0));
        var at = BlockOf((rank, number));
        var block = _blocks[at];
        var index = block.Find((rank, number));
        if (index >= 0)
            return;
        if (block.Count == BlockSize)
        {
            var half = block.Split();
            _blocks.Insert(at + 1, half);
            if ((rank, number).CompareTo(half.Places[0]) > 0)
                block = half;
            index = block.Find((rank, number));
        }
        block.Insert(~index, (rank, number));
        Count++;
    }

    /// <summary>Adds many to none, which takes a fraction of the time. What it is given is sorted afterwards.</summary>
    // Once, and through a million: not to be run unoptimized.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRange(List<long> ranks, List<long> numbers)
    {
        if (Count > 0)
            throw new InvalidOperationException("Something has been added already.");
        Sort(CollectionsMarshal.AsSpan(ranks), CollectionsMarshal.AsSpan(numbers));
        // Room in each for those that come later.
        const int Part = BlockSize / 4 * 3;
        while (Count < ranks.Count)
        {
            var block = new Block(new (long, long)[BlockSize], Math.Min(Part, ranks.Count - Count));
            for (var i = 0; i < block.Count; i++)
                block.Places[i] = (ranks[Count + i], numbers[Count + i]);
            Count += block.Count;
            _blocks.Add(block);
        }
    }

    public void Remove(long rank, long number)
    {
        if (Count == 0)
            return;
        var at = BlockOf((rank, number));
        var index = _blocks[at].Find((rank, number));
        if (index < 0)
            return;
        _blocks[at].RemoveAt(index);
        if (_blocks[at].Count == 0)
            _blocks.RemoveAt(at);
        Count--;
    }

    /// <summary>How many come before a rank.</summary>
    public int CountBelow(long rank)
    {
        var (count, place) = (0, (rank, long.MinValue));
        foreach (var block in _blocks)
        {
            if (block.Places[block.Count - 1].CompareTo(place) < 0)
            {
                count += block.Count;
                continue;
            }
            return count + ~block.Find(place);
        }
        return count;
    }

    /// <summary>Those behind a place, which need not be there, in order.</summary>
    public IEnumerable<(long Rank, long Number)> Behind((long Rank, long Number) place)
    {
        if (Count == 0)
            yield break;
        var at = BlockOf(place);
        var index = _blocks[at].Find(place);
        for (index = index < 0 ? ~index : index + 1; at < _blocks.Count; (at, index) = (at + 1, 0))
        {
            for (; index < _blocks[at].Count; index++)
                yield return _blocks[at].Places[index];
        }
    }

    /// <summary>By the rank alone, and the few of equal rank afterwards: numbers are compared several times as fast as pairs.</summary>
    // Once, and through a million: not to be run unoptimized.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort(Span<long> ranks, Span<long> numbers)
    {
        // What began to wait one after the other mostly has to end so, too.
        var next = 1;
        while (next < ranks.Length && ranks[next - 1] <= ranks[next])
            next++;
        if (next < ranks.Length)
            ranks.Sort(numbers);
        var first = 0;
        for (next = 1; next <= ranks.Length; next++)
        {
            if (next < ranks.Length && ranks[next] == ranks[first])
                continue;
            if (next - first > 1)
                numbers[first..next].Sort();
            first = next;
        }
    }

    /// <summary>The block that a place is in, or belongs into: the last one that begins at it or before it.</summary>
    private int BlockOf((long, long) place)
    {
        var (low, high) = (0, _blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_blocks[middle].Places[0].CompareTo(place) <= 0)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private sealed class Block((long Rank, long Number)[] places, int count)
    {
        public (long Rank, long Number)[] Places { get; } = places;

        public int Count { get; private set; } = count;

        /// <summary>Where a place is; if it is not there, the complement of where it belongs.</summary>
        public int Find((long, long) place) => Array.BinarySearch(Places, 0, Count, place);

        public void Insert(int index, (long, long) place)
        {
            Array.Copy(Places, index, Places, index + 1, Count - index);
            Places[index] = place;
            Count++;
        }

        public void RemoveAt(int index)
        {
            Count--;
            Array.Copy(Places, index + 1, Places, index, Count - index);
        }

        /// <summary>Gives its second half away.</summary>
        public Block Split()
        {
            var half = new Block(new (long, long)[BlockSize], Count / 2);
            Count -= half.Count;
            Array.Copy(Places, Count, half.Places, 0, half.Count);
            return half;
        }
    }
}
