using System.Runtime.CompilerServices;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>Where the records of an instance stand, in order. The first few need no memory beside: a million instances that wait have no more.</summary>
internal struct RecordList
{
    private Few _few;
    private List<RecordLocation>? _more;

    public int Count { get; private set; }

    public readonly RecordLocation this[int index] => index < Few.Length ? _few[index] : _more![index - Few.Length];

    public void Add(RecordLocation at)
    {
        if (Count < Few.Length)
            _few[Count] = at;
        else
            (_more ??= []).Add(at);
        Count++;
    }

    public void Clear() => this = default;

    /// <summary>True when one of them stands in a segment.</summary>
    public readonly bool IsIn(int segment)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].Segment == segment)
                return true;
        }

        return false;
    }

    /// <summary>Each with the segment that it stands in.</summary>
    public readonly List<(Segment Segment, RecordLocation At)> In(SegmentSet segments)
    {
        var all = new List<(Segment, RecordLocation)>(Count);
        for (var i = 0; i < Count; i++)
            all.Add((segments[this[i].Segment], this[i]));
        return all;
    }

    [InlineArray(Length)]
    private struct Few
    {
        public const int Length = 4;
        private RecordLocation _first;
    }
}
