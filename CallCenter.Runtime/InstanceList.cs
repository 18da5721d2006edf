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
    public (IReadOnlyList<CommittedInstance> Page, string? Next) Read(OrchestrationQuery query, CancellationToken cancellation)
    {
        var found = new List<CommittedInstance>();
        var reads = 0;
        foreach (var entry in runtime.Store.NewestFirst(Parse(query.ContinuationToken)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (query.CreatedFrom is { } from && entry.CreatedAt < from || query.CreatedTo is { } to && entry.CreatedAt > to)
                continue;
            var unfinished = runtime.Find(entry.Number);
            if (unfinished is null && query.Statuses.Count > 0 && !query.Statuses.Contains(entry.Status))
                continue;
            reads += unfinished is null ? 1 : 0;
            if (Show(entry, unfinished) is { } shown && Fits(query, shown))
                found.Add(shown);
            if (found.Count == query.Top || reads == MostReads)
                return (found, Token(entry.Number));
        }
        return (found, null);
    }

    public IEnumerable<InstanceEntry> Ended(OrchestrationQuery query, CancellationToken cancellation)
    {
        foreach (var entry in runtime.Store.NewestFirst())
        {
            cancellation.ThrowIfCancellationRequested();
            if ((query.CreatedFrom is null || entry.CreatedAt >= query.CreatedFrom)
                && (query.CreatedTo is null || entry.CreatedAt <= query.CreatedTo)
                && runtime.Find(entry.Number) is null
                && entry.Status != OrchestrationRuntimeStatus.Running
                && (query.Statuses.Count == 0 || query.Statuses.Contains(entry.Status))
                // The id is on disk alone.
                && (query.InstanceIdPrefix is null || Show(entry, null) is { } shown && Fits(query, shown)))
                yield return entry;
        }
    }

    private CommittedInstance? Show(InstanceEntry entry, Instance? unfinished)
    {
        if (unfinished is not null)
            return unfinished.Shown;
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

    private static bool Fits(OrchestrationQuery query, CommittedInstance shown) =>
        (query.Statuses.Count == 0 || query.Statuses.Contains(shown.Status))
        && (query.Name is null || query.Name == shown.Started.Name)
        && (query.InstanceIdPrefix is null || shown.Id.StartsWith(query.InstanceIdPrefix, StringComparison.Ordinal));

    public IReadOnlyDictionary<OrchestrationRuntimeStatus, long> Counts()
    {
        var counts = new Dictionary<OrchestrationRuntimeStatus, long>(runtime.Store.EndedCounts);
        foreach (var instance in runtime.Unfinished)
        {
            if (instance.Shown is { End: null } shown)
                counts[shown.Status] = counts.GetValueOrDefault(shown.Status) + 1;
        }
        return counts;
    }

    private static string Token(long number) =>
        Convert.ToHexStringLower(Encoding.ASCII.GetBytes(TokenPrefix + number.ToString(CultureInfo.InvariantCulture)));

    private static long? Parse(string? token)
    {
        if (token is null)
            return null;
        try
        {
            var text = Encoding.ASCII.GetString(Convert.FromHexString(token));
            if (text.StartsWith(TokenPrefix, StringComparison.Ordinal) && long.TryParse(text.AsSpan(TokenPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
        }
        catch (FormatException)
        {
            // Not one of ours.
        }
        throw new InvalidContinuationTokenException();
    }
}
