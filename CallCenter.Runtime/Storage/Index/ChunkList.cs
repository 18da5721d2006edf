using System.Runtime.InteropServices;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>Chunks by their number: a list that begins with the first one that is still there.</summary>
internal sealed class ChunkList<T>
    where T : class
{
    private readonly List<T?> _chunks = [];

    /// <summary>The least number that may have a chunk.</summary>
    public long First { get; private set; }

    /// <summary>The least number behind all chunks.</summary>
    public long End => First + _chunks.Count;

    public T? this[long number] => number >= First && number < End ? _chunks[(int)(number - First)] : null;

    /// <summary>The place of a chunk, empty or not. It holds until the next call.</summary>
    public ref T? Place(long number)
    {
        if (_chunks.Count == 0)
            First = number;
        if (number < First)
        {
            // While a journal is read, as compaction has moved old instances to the end of it; and when an old one is reopened.
            _chunks.InsertRange(0, new T?[First - number]);
            First = number;
        }
        while (End <= number)
            _chunks.Add(null);
        return ref CollectionsMarshal.AsSpan(_chunks)[(int)(number - First)];
    }

    public void Remove(long number)
    {
        _chunks[(int)(number - First)] = null;
        var empty = 0;
        while (empty < _chunks.Count && _chunks[empty] is null)
            empty++;
        // Half of them at once, or all: moving the rest down is paid for by those that go.
        if (empty < _chunks.Count && empty * 2 < _chunks.Count)
            return;
        _chunks.RemoveRange(0, empty);
        First += empty;
    }
}
