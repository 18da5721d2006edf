using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;

namespace CallCenter.Runtime.Lists;

/// <summary>Picks one page of a list out of all the instances that fit, however many there are.</summary>
/// <param name="order">The order of the list.</param>
/// <param name="top">The most that a page holds.</param>
/// <param name="behind">The last one of the page before.</param>
/// <param name="now">The time (UTC).</param>
internal sealed class Selection(OrchestrationOrder order, int top, ListPlace? behind, DateTime now)
{
    // One more than the page holds: so it is known whether there is a next one.
    private readonly PriorityQueue<InstanceEntry, ListPlace> _worstFirst = new(top + 1, Comparer<ListPlace>.Create((one, other) => other.CompareTo(one)));
    private readonly long _asOf = behind?.AsOf ?? now.Ticks;
    private long _worst = long.MaxValue;

    /// <summary>How many were offered, on all pages.</summary>
    public long Offered { get; private set; }

    /// <summary>True when the page is full, and it is known that there is a next one.</summary>
    public bool IsFull => _worstFirst.Count > top;

    /// <summary>Takes notice of an instance that fits.</summary>
    /// <param name="entry">The instance.</param>
    /// <param name="waitsUntil">Until when it waits: ticks.</param>
    public void Offer(in InstanceEntry entry, long waitsUntil)
    {
        Offered++;
        var rank = RankOf(entry, waitsUntil);
        // Nearly all of a million end here.
        if (rank > _worst)
            return;
        var place = new ListPlace(order, _asOf, rank, entry.Number);
        if (behind is { } last && place.CompareTo(last) <= 0)
            return;
        if (!IsFull)
            _worstFirst.Enqueue(entry, place);
        else
            _worstFirst.EnqueueDequeue(entry, place);
        if (IsFull && _worstFirst.TryPeek(out _, out var worst))
            _worst = worst.Rank;
    }

    /// <summary>The page, and the place of its last instance if there is a next page.</summary>
    public (IReadOnlyList<InstanceEntry> Page, ListPlace? Last) Take()
    {
        var hasNext = IsFull;
        if (hasNext)
            _worstFirst.Dequeue();
        var page = new Stack<InstanceEntry>(top);
        ListPlace? last = null;
        while (_worstFirst.TryDequeue(out var entry, out var place))
        {
            last ??= place;
            page.Push(entry);
        }
        return ([.. page], hasNext ? last : null);
    }

    private long RankOf(in InstanceEntry entry, long waitsUntil) => order switch
    {
        OrchestrationOrder.Newest => -entry.Number,
        OrchestrationOrder.Oldest => entry.Number,
        OrchestrationOrder.Longest => -DurationOf(entry),
        OrchestrationOrder.Shortest => DurationOf(entry),
        _ => waitsUntil,
    };

    private long DurationOf(in InstanceEntry entry)
    {
        var end = entry.Status == OrchestrationRuntimeStatus.Running ? _asOf : entry.LastUpdatedAt.Ticks;
        return Math.Max(0, end - entry.CreatedAt.Ticks);
    }
}
