using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Execution;

/// <summary>
/// The instances that wait for an external event, by the name of their orchestration, in the order of their deadlines. One that never waits is never in here.
/// </summary>
internal sealed class WaitingInstances
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedSet<(long Until, long Number)>> _byName = new(StringComparer.Ordinal);

    /// <summary>An instance is shown otherwise than before.</summary>
    public void Move(string name, long number, CommittedInstance? before, CommittedInstance? now)
    {
        var (from, to) = (before?.WaitsUntil ?? 0, now?.WaitsUntil ?? 0);
        if (from == to)
            return;
        lock (_gate)
        {
            if (!_byName.TryGetValue(name, out var waiting))
                _byName.Add(name, waiting = []);
            if (from != 0)
                waiting.Remove((from, number));
            if (to != 0)
                waiting.Add((to, number));
        }
    }

    /// <summary>How many wait, of a name or in all, and how many of them are behind their deadline.</summary>
    public WaitingCounts Count(string? name, DateTime now)
    {
        lock (_gate)
        {
            var (count, overdue) = (0L, 0L);
            foreach (var waiting in Sets(name))
                (count, overdue) = (count + waiting.Count, overdue + waiting.TakeWhile(one => one.Until < now.Ticks).Count());
            return new(count, overdue);
        }
    }

    /// <summary>Those that wait behind one, the nearest deadline first.</summary>
    /// <param name="name">Only those of this name; null for all.</param>
    /// <param name="behind">The one to go on behind; default for the first.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<(long Until, long Number)> Behind(string? name, (long Until, long Number) behind, int most)
    {
        var first = (behind.Until, behind.Number + 1);
        lock (_gate)
        {
            return [.. Sets(name)
                .SelectMany(waiting => waiting.GetViewBetween(first, (long.MaxValue, long.MaxValue)).Take(most))
                .Order()
                .Take(most)];
        }
    }

    private IEnumerable<SortedSet<(long Until, long Number)>> Sets(string? name) =>
        _byName.Where(pair => name is null || name == pair.Key).Select(pair => pair.Value);
}
