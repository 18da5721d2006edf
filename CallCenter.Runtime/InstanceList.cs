using System.Runtime.InteropServices;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.Lists;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Index;

namespace CallCenter.Runtime;

/// <summary>Lists instances. Which ones fit is told by the index; what has ended is read from disk, page by page.</summary>
internal sealed class InstanceList(EmbeddedRuntime runtime)
{
    /// <summary>One page.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="withTotal">Whether those on the other pages are counted.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidContinuationTokenException">The token is not one of ours.</exception>
    public InstancePage ReadPage(OrchestrationQuery query, bool withTotal, CancellationToken cancellation)
    {
        var behind = ListPlace.Parse(query.ContinuationToken, query.Order);
        return IsDeadlinesAlone(query) ? Deadlines(query, behind) : Select(query, behind, withTotal, cancellation);
    }

    /// <summary>The ended instances that fit, newest first; the query's token and size do not count.</summary>
    public IEnumerable<InstanceEntry> Ended(OrchestrationQuery query, CancellationToken cancellation)
    {
        var statuses = IInstanceStore.Ended.Where(status => IsOf(query.Statuses, status)).ToList();
        foreach (var entry in runtime.Store.Scan(new InstanceScan(query.Name, statuses)).SelectMany(MemoryMarshal.ToEnumerable))
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsWithin(query, entry)
                && runtime.Instances.FindInMemory(entry.Number) is null
                // The id is on disk alone.
                && (query.InstanceIdPrefix is null || Show(query, entry) is not null))
                yield return entry;
        }
    }

    /// <summary>How many instances there are of each status; only those of an orchestration, unless that is null.</summary>
    public IReadOnlyDictionary<OrchestrationRuntimeStatus, long> Counts(string? name)
    {
        var counts = new Dictionary<OrchestrationRuntimeStatus, long>(runtime.Store.EndedCounts(name));
        runtime.Unfinished.AddTo(counts, name);
        return counts;
    }

    /// <summary>Those that wait, as they are kept.</summary>
    private InstancePage Deadlines(OrchestrationQuery query, ListPlace? behind)
    {
        var found = runtime.Waiting.Behind(query.Name, behind is { } last ? (last.Rank, last.Number) : default, query.Top + 1);
        var page = found.Take(query.Top).Select(one => Find(one.Number)).OfType<CommittedInstance>().Where(shown => shown.WaitsUntil != 0);
        var next = found.Count > query.Top ? new ListPlace(query.Order, 0, found[^2].Until, found[^2].Number).ToToken() : null;
        return new([.. page], next, runtime.Waiting.Count(query.Name, runtime.Now).Count);
    }

    /// <summary>Looks into the index: at all that there are, or at no more than the page takes where nothing else is asked.</summary>
    private InstancePage Select(OrchestrationQuery query, ListPlace? behind, bool withTotal, CancellationToken cancellation)
    {
        var selection = new Selection(query.Order, query.Top, behind, runtime.Now);
        var isPlain = !IsWaiting(query) && HasNoFilter(query);
        // The index knows ids in capitals: how many start just so is known when each has been read.
        var isCounted = withTotal && !isPlain && query.InstanceIdPrefix is null;
        var endsEarly = !isCounted && query.Order is (OrchestrationOrder.Newest or OrchestrationOrder.Oldest);
        var scan = new InstanceScan(query.Name, IsWaiting(query) ? [OrchestrationRuntimeStatus.Running] : OnDisk(query))
        {
            Search = SearchFilter.Of(query.Search, query.Key, query.InstanceIdPrefix),
            OldestFirst = query.Order == OrchestrationOrder.Oldest,
            From = endsEarly ? behind?.Number : null,
        };
        foreach (var portion in runtime.Store.Scan(scan))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ref readonly var entry in portion.Span)
            {
                if (!(endsEarly && selection.IsFull) && IsWithin(query, entry) && Fits(query, entry, out var waitsUntil))
                    selection.Offer(entry, waitsUntil);
            }
            if (endsEarly && selection.IsFull)
                break;
        }

        var (page, last) = selection.Take();
        var shown = new List<CommittedInstance>(page.Count);
        foreach (var entry in page)
        {
            if (Show(query, entry) is { } one)
                shown.Add(one);
        }
        return new(shown, last?.ToToken(), isCounted ? selection.Offered : isPlain && withTotal ? Total(query) : null);
    }

    /// <summary>How many there are where nothing but name and status is asked: they are counted already.</summary>
    private long Total(OrchestrationQuery query) => Counts(query.Name).Where(count => IsOf(query.Statuses, count.Key)).Sum(count => count.Value);

    /// <summary>Whether one that the index has fits, as far as the index can tell.</summary>
    private bool Fits(OrchestrationQuery query, in InstanceEntry entry, out long waitsUntil)
    {
        var standing = entry.Status == OrchestrationRuntimeStatus.Running ? runtime.Instances.StandingOf(entry.Number) : null;
        waitsUntil = standing?.WaitsUntil ?? 0;
        return (!IsWaiting(query) || waitsUntil != 0) && (standing is not { } stands || IsOf(query.Statuses, stands.Status));
    }

    /// <summary>What may be shown of an instance; null when that does not fit the query.</summary>
    private CommittedInstance? Show(OrchestrationQuery query, InstanceEntry entry)
    {
        var isRunning = entry.Status == OrchestrationRuntimeStatus.Running;
        // One that rests is not read for nothing.
        if (isRunning && query.Statuses.Count > 0 && runtime.Instances.StandingOf(entry.Number) is { } standing && !IsOf(query.Statuses, standing.Status))
            return null;
        var shown = isRunning ? Find(entry.Number) : runtime.Instances.FindInMemory(entry.Number)?.Shown;
        // The store has chosen it by its end: that is on disk, whatever is still shown of it.
        if (shown is null || !isRunning && !IsOf(query.Statuses, shown.Status))
            shown = Read(entry);
        var isWanted = shown is not null && IsOf(query.Statuses, shown.Status)
            && (!IsWaiting(query) || shown.WaitsUntil != 0)
            && shown.Id.StartsWith(query.InstanceIdPrefix ?? "", StringComparison.Ordinal);
        return isWanted ? shown : null;
    }

    /// <summary>What may be shown of one that has not ended, though it may have rested until now.</summary>
    private CommittedInstance? Find(long number)
    {
        try
        {
            return runtime.Instances.Find(number)?.Shown;
        }
        catch (StoreDamagedException damage)
        {
            runtime.Logger.LogError(damage, "Instance {Number} cannot be read and is left out of the list", number);
            return null;
        }
    }

    private CommittedInstance? Read(InstanceEntry entry)
    {
        try
        {
            return runtime.Store.ReadArchive(entry) is { } archive ? CommittedInstance.FromArchive(archive) : null;
        }
        catch (StoreDamagedException damage)
        {
            // One damaged archive must not hide all others; whoever asks for that one is told.
            runtime.Logger.LogError(damage, "An ended instance created at {CreatedAt} cannot be read and is left out of the list", entry.CreatedAt);
            return null;
        }
    }

    private static bool IsWaiting(OrchestrationQuery query) => query.Waiting || query.Order == OrchestrationOrder.Deadline;

    /// <summary>The inbox: those that wait, and nothing else is asked of them.</summary>
    private static bool IsDeadlinesAlone(OrchestrationQuery query) =>
        query is { Order: OrchestrationOrder.Deadline, Statuses.Count: 0 } && HasNoFilter(query);

    private static bool HasNoFilter(OrchestrationQuery query) =>
        query is { Search: null, Key: null, InstanceIdPrefix: null, CreatedFrom: null, CreatedTo: null };

    private static bool IsWithin(OrchestrationQuery query, in InstanceEntry entry) =>
        (query.CreatedFrom is null || entry.CreatedAt >= query.CreatedFrom) && (query.CreatedTo is null || entry.CreatedAt <= query.CreatedTo);

    private static bool IsOf(IReadOnlyCollection<OrchestrationRuntimeStatus> statuses, OrchestrationRuntimeStatus status) =>
        statuses.Count == 0 || statuses.Contains(status);

    /// <summary>What the store calls them: all that have not ended are running there. Null for all.</summary>
    private static HashSet<OrchestrationRuntimeStatus>? OnDisk(OrchestrationQuery query) => query.Statuses.Count == 0
        ? null
        : [.. query.Statuses.Select(status => IInstanceStore.Ended.Contains(status) ? status : OrchestrationRuntimeStatus.Running)];
}

/// <summary>One page of a list.</summary>
/// <param name="Instances">What may be shown of its instances.</param>
/// <param name="Next">The token of the next page; null at the end.</param>
/// <param name="Total">How many fit, on all pages; null where that was not counted, or is not known.</param>
internal sealed record InstancePage(IReadOnlyList<CommittedInstance> Instances, string? Next, long? Total);
