using System.Numerics;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>A set of instance numbers, in order: a bit for each number, in chunks that are there only where a number is.</summary>
internal sealed class NumberSet
{
    private const int ChunkBits = 10;
    private const int ChunkSize = 1 << ChunkBits;
    private const int WordBits = 6;
    private readonly ChunkList<ulong[]> _chunks = new();
    private ulong[]? _spare;

    public long Count { get; private set; }

    public void Add(long number)
    {
        ref var words = ref _chunks.Place(number >> ChunkBits);
        if (words is null)
            (words, _spare) = (_spare ?? new ulong[ChunkSize >> WordBits], null);
        ref var word = ref words[WordOf(number)];
        if ((word & BitOf(number)) != 0)
            return;
        word |= BitOf(number);
        Count++;
    }

    public void Remove(long number)
    {
        if (_chunks[number >> ChunkBits] is not { } words || (words[WordOf(number)] & BitOf(number)) == 0)
            return;
        words[WordOf(number)] &= ~BitOf(number);
        Count--;
        if (words.AsSpan().ContainsAnyExcept(0UL))
            return;
        // Instances that come and go one by one would need a new one each time.
        _spare = words;
        _chunks.Remove(number >> ChunkBits);
    }

    /// <summary>The greatest number of the set below another one; 0 when there is none.</summary>
    public long Below(long number)
    {
        var last = Math.Min(number, _chunks.End << ChunkBits) - 1;
        for (var chunk = last >> ChunkBits; chunk >= _chunks.First; chunk--)
        {
            if (_chunks[chunk] is { } words && LastIn(words, (int)(last & (ChunkSize - 1))) is >= 0 and var found)
                return (chunk << ChunkBits) + found;
            last = (chunk << ChunkBits) - 1;
        }
        return 0;
    }

    /// <summary>Adds the bits of the numbers from a multiple of 64 on to others.</summary>
    public void AddTo(Span<ulong> bits, long from)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            var number = from + ((long)i << WordBits);
            if (_chunks[number >> ChunkBits] is { } words)
                bits[i] |= words[WordOf(number)];
        }
    }

    /// <summary>The last bit that is set, up to one; -1 when there is none.</summary>
    private static int LastIn(ulong[] words, int upTo)
    {
        var mask = ulong.MaxValue >> (63 - (upTo & 63));
        for (var at = upTo >> WordBits; at >= 0; at--)
        {
            if ((words[at] & mask) is not 0 and var bits)
                return (at << WordBits) + BitOperations.Log2(bits);
            mask = ulong.MaxValue;
        }
        return -1;
    }

    private static int WordOf(long number) => (int)(number & (ChunkSize - 1)) >> WordBits;

    private static ulong BitOf(long number) => 1UL << (int)(number & 63);
}
