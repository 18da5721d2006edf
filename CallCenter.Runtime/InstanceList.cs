using System.Globalization;
using System.Text;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.Storage;

namespace CallCenter.Runtime;

/// <summary>Lists instances, newest first. What has ended is read from disk, page by page.</summary>
internal sealed class InstanceList(EmbeddedRuntime runtime)
{
    /// <summary>How many instances one page may look at on disk: a rare prefix among a million must not hold a caller for seconds.</summary>
    private const int MostReads = 20_000;
    private const string TokenPrefix = "callcenter:";

    /// <summary>One page, and the token of the next.</summary>
    public (IReadOnlyList<CommittedInstance> Page, string? Next) ReadPage(OrchestrationQuery query, CancellationToken cancellation)
    {
        var found = new List<CommittedInstance>();
        var reads = 0;
        var onDisk = query.Statuses.Count == 0 ? null : query.Statuses.Select(OnDisk).ToHashSet();
        foreach (var entry in runtime.Store.NewestFirst(query.Name, onDisk, Parse(query.ContinuationToken)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!IsWithin(query, entry))
                continue;
            if (Show(query, entry, ref reads) is { } shown)
                found.Add(shown);
            if (found.Count == query.Top || reads == MostReads)
                return (found, Token(entry.Number));
        }
        return (found, null);
    }

    /// <summary>The ended instances that fit, newest first; the query's token and size do not count.</summary>
    public IEnumerable<InstanceEntry> Ended(OrchestrationQuery query, CancellationToken cancellation)
    {
        var statuses = IInstanceStore.Ended.Where(status => IsOf(query.Statuses, status)).ToList();
        var reads = 0;
        foreach (var entry in runtime.Store.NewestFirst(query.Name, statuses))
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsWithin(query, entry)
                && runtime.Find(entry.Number) is null
                // The id is on disk alone.
                && (query.InstanceIdPrefix is null || Show(query, entry, ref reads) is not null))
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

    /// <summary>What may be shown of an instance; null when that does not fit the query.</summary>
    private CommittedInstance? Show(OrchestrationQuery query, InstanceEntry entry, ref int reads)
    {
        var shown = runtime.Find(entry.Number)?.Shown;
        // The store has chosen it by its end: that is on disk, whatever is still shown of it.
        if (shown is null || entry.Status != OrchestrationRuntimeStatus.Running && !IsOf(query.Statuses, shown.Status))
        {
            reads++;
            shown = Read(entry);
        }
        var isWanted = shown is not null && IsOf(query.Statuses, shown.Status)
            && shown.Id.StartsWith(query.InstanceIdPrefix ?? "", StringComparison.Ordinal);
        return isWanted ? shown : null;
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

    private static bool IsWithin(OrchestrationQuery query, InstanceEntry entry) =>
        (query.CreatedFrom is null || entry.CreatedAt >= query.CreatedFrom) && (query.CreatedTo is null || entry.CreatedAt <= query.CreatedTo);

    private static bool IsOf(IReadOnlyCollection<OrchestrationRuntimeStatus> statuses, OrchestrationRuntimeStatus status) =>
        statuses.Count == 0 || statuses.Contains(status);

    /// <summary>What the store calls it: all that have not ended are running there.</summary>
    private static OrchestrationRuntimeStatus OnDisk(OrchestrationRuntimeStatus status) =>
        IInstanceStore.Ended.Contains(status) ? status : OrchestrationRuntimeStatus.Running;

    private static string Token(long number) =>
        Convert.ToHexStringLower(Encoding.ASCII.GetBytes(TokenPrefix + number.ToString(CultureInfo.InvariantCulture)));

    private static long? Parse(string? token)
    {
        if (token is null)
            return null;
        try
        {
            var text = Encoding.ASCII.GetString(Convert.FromHexString(token));
            if (text.StartsWith(TokenPrefix, StringComparison.Ordinal)
                && long.TryParse(text.AsSpan(TokenPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }
        }
        catch (FormatException)
        {
            // Not one of ours.
        }
        throw new InvalidContinuationTokenException();
    }
}
