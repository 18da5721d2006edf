using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Execution;

/// <summary>
/// The instances that wait for an external event, by the name of their orchestration, in the order of their deadlines and of how long they have waited.
/// One that never waits is never in here.
/// </summary>
internal sealed class WaitingInstances
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OfOneName> _byName = new(StringComparer.Ordinal);

    /// <summary>An instance is shown otherwise than before.</summary>
    public void Move(string name, long number, CommittedInstance? before, CommittedInstance? now)
    {
        var (from, to) = (Place.Of(before), Place.Of(now));
        if (from == to)
            return;
        lock (_gate)
        {
            if (!_byName.TryGetValue(name, out var waiting))
                _byName.Add(name, waiting = new());
            waiting.Remove(from, number);
            waiting.Add(to, number);
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

    /// <summary>How many wait, of a name or in all, and since when the one that has waited longest; null when nobody says.</summary>
    public (long Count, DateTime? Since) Oldest(string? name)
    {
        lock (_gate)
        {
            var (count, oldest) = (0L, long.MaxValue);
            foreach (var waiting in Of(name))
            {
                count += waiting.ByDeadline.Count;
                if (waiting.BySince.Count > 0)
                    oldest = Math.Min(oldest, waiting.BySince.Min.Since);
            }
            return (count, oldest == long.MaxValue ? null : new DateTime(oldest, DateTimeKind.Utc));
        }
    }

    /// <summary>The names of which one has ever waited.</summary>
    public IReadOnlyList<string> Names()
    {
        lock (_gate)
            return [.. _byName.Keys];
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

    private IEnumerable<SortedSet<(long Until, long Number)>> Sets(string? name) => Of(name).Select(one => one.ByDeadline);

    private IEnumerable<OfOneName> Of(string? name) => _byName.Where(pair => name is null || name == pair.Key).Select(pair => pair.Value);

    /// <summary>Where an instance stands: ticks (UTC), 0 where it does not.</summary>
    private readonly record struct Place(long Until, long Since)
    {
        public static Place Of(CommittedInstance? shown) => shown is { WaitsUntil: not 0 } ? new(shown.WaitsUntil, shown.WaitsSince?.Ticks ?? 0) : default;
    }

    private sealed class OfOneName
    {
        public SortedSet<(long Until, long Number)> ByDeadline { get; } = [];

        public SortedSet<(long Since, long Number)> BySince { get; } = [];

        public void Add(Place place, long number)
        {
            if (place.Until != 0)
                ByDeadline.Add((place.Until, number));
            if (place.Since != 0)
                BySince.Add((place.Since, number));
        }

        public void Remove(Place place, long number)
        {
            if (place.Until != 0)
                ByDeadline.Remove((place.Until, number));
            if (place.Since != 0)
                BySince.Remove((place.Since, number));
        }
    }
}
