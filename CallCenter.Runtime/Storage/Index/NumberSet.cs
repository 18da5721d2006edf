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

    /// <summary>Adds the bits of the numbers from a multiple of their count on to others; there are no more than a chunk has, and a power of two.</summary>
    public void AddTo(Span<ulong> bits, long from)
    {
        if (_chunks[from >> ChunkBits] is not { } words)
            return;
        for (var i = 0; i < bits.Length; i++)
            bits[i] |= words[WordOf(from) + i];
    }

    private static int WordOf(long number) => (int)(number & (ChunkSize - 1)) >> WordBits;

    private static ulong BitOf(long number) => 1UL << (int)(number & 63);
}
