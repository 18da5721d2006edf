namespace CallCenter.Runtime.Storage.Journal;

/// <summary>The segments that count, by number. Guarded by the store's gate.</summary>
internal sealed class SegmentSet
{
    private readonly SortedList<int, Segment> _segments = [];

    public IList<Segment> All => _segments.Values;

    /// <summary>Those that get no more batches: all that have a successor.</summary>
    public IEnumerable<Segment> Sealed => All.Take(_segments.Count - 1);
    public Segment this[int number] => _segments[number];

    public void Add(Segment segment) => _segments.Add(segment.Number, segment);

    /// <summary>Takes a segment out: nothing in it counts any more.</summary>
    public void Remove(int number) => _segments.Remove(number);

    public void Hold(RecordLocation at) => _segments[at.Segment].LiveBytes += at.Length;

    public void Release(RecordLocation at) => _segments[at.Segment].LiveBytes -= at.Length;
}
