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

    /// <summary>An instance stands otherwise than before; null where it is not shown, or has ended.</summary>
    public void Move(string name, long number, Standing? before, Standing? now)
    {
        var (from, to) = (Waits(before), Waits(now));
        if (from == to)
            return;
        lock (_gate)
        {
            var waiting = OfName(name);
            waiting.Remove(from, number);
            waiting.Add(to, number);
        }
    }

    /// <summary>Adds many of a name of which there was none: the ones with their deadlines, and with the times since when they wait.</summary>
    public void AddRange(string name, (List<long> Ranks, List<long> Numbers) until, (List<long> Ranks, List<long> Numbers) since)
    {
        lock (_gate)
        {
            OfName(name).ByDeadline.AddRange(until.Ranks, until.Numbers);
            OfName(name).BySince.AddRange(since.Ranks, since.Numbers);
        }
    }

    /// <summary>How many wait, of a name or in all, and how many of them are behind their deadline.</summary>
    public WaitingCounts Count(string? name, DateTime now)
    {
        lock (_gate)
        {
            var (count, overdue) = (0L, 0L);
            foreach (var waiting in Of(name))
                (count, overdue) = (count + waiting.ByDeadline.Count, overdue + waiting.ByDeadline.CountBelow(now.Ticks));
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
                if (waiting.BySince.First is var (since, _))
                    oldest = Math.Min(oldest, since);
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
        lock (_gate)
        {
            return [.. Of(name)
                .SelectMany(waiting => waiting.ByDeadline.Behind(behind).Take(most))
                .Order()
                .Take(most)];
        }
    }

    private IEnumerable<OfOneName> Of(string? name) => _byName.Where(pair => name is null || name == pair.Key).Select(pair => pair.Value);

    private OfOneName OfName(string name)
    {
        if (!_byName.TryGetValue(name, out var waiting))
            _byName.Add(name, waiting = new());
        return waiting;
    }

    private static Standing? Waits(Standing? standing) => standing is { WaitsUntil: not 0 } ? standing : null;

    private sealed class OfOneName
    {
        public OrderedPlaces ByDeadline { get; } = new();

        public OrderedPlaces BySince { get; } = new();

        public void Add(Standing? standing, long number)
        {
            if (standing is not { } waits)
                return;
            ByDeadline.Add(waits.WaitsUntil, number);
            if (waits.WaitsSince != 0)
                BySince.Add(waits.WaitsSince, number);
        }

        public void Remove(Standing? standing, long number)
        {
            if (standing is not { } waits)
                return;
            ByDeadline.Remove(waits.WaitsUntil, number);
            if (waits.WaitsSince != 0)
                BySince.Remove(waits.WaitsSince, number);
        }
    }
}
