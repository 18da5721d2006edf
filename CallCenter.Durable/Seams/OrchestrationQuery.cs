namespace CallCenter.Durable.Seams;

/// <summary>Which instances to list.</summary>
public sealed record OrchestrationQuery
{
    /// <summary>Only instances of this orchestration; null for all.</summary>
    public string? Name { get; init; }

    /// <summary>Only these statuses; empty for all.</summary>
    public IReadOnlyCollection<OrchestrationRuntimeStatus> Statuses { get; init; } = [];

    /// <summary>Only ids that start so (ordinal).</summary>
    public string? InstanceIdPrefix { get; init; }

    /// <summary>Only instances created at or after this time (UTC).</summary>
    public DateTime? CreatedFrom { get; init; }

    /// <summary>Only instances created at or before this time (UTC).</summary>
    public DateTime? CreatedTo { get; init; }

    /// <summary>Only instances whose id or key holds this anywhere, as <see cref="Text.SearchText"/> compares; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>Only instances whose key holds this anywhere, as <see cref="Text.SearchText"/> compares; null for all.</summary>
    public string? Key { get; init; }

    /// <summary>Only instances that wait for an external event, as they publish it (<see cref="IWaiting"/>).</summary>
    public bool Waiting { get; init; }

    /// <summary>
    /// Whether an instance fits <see cref="Search"/>, <see cref="Key"/> and <see cref="Waiting"/>, told from its state: for runtimes that have no
    /// index for them. Null when they say nothing.
    /// </summary>
    public Func<OrchestrationState, bool>? Fits { get; init; }

    /// <summary>In which order. A runtime that cannot gives them as it can: who asks knows what it can.</summary>
    public OrchestrationOrder Order { get; init; }

    /// <summary>The most instances that one page may hold.</summary>
    public int Top { get; init; } = 50;

    /// <summary>The token of the page before; null for the first page.</summary>
    public string? ContinuationToken { get; init; }
}

/// <summary>The orders of a list.</summary>
public enum OrchestrationOrder
{
    /// <summary>Those created last first.</summary>
    Newest,

    /// <summary>Those created first first.</summary>
    Oldest,

    /// <summary>Those that took longest first; one that has not ended has taken the time until now.</summary>
    Longest,

    /// <summary>Those that took shortest first.</summary>
    Shortest,

    /// <summary>Those that wait for an external event, the nearest deadline first, those without one last; others are left out.</summary>
    Deadline,
}

/// <summary>One page of a list.</summary>
/// <param name="Instances">The instances of this page; fewer than asked for does not mean the end.</param>
/// <param name="ContinuationToken">Leads to the next page; null at the end.</param>
/// <param name="Counts">
/// How many instances there are of each status, of the orchestration that the query names or of all, without regard to the rest of it;
/// null where a runtime would have to scan for it.
/// </param>
public sealed record OrchestrationPage(
    IReadOnlyList<OrchestrationState> Instances,
    string? ContinuationToken,
    IReadOnlyDictionary<OrchestrationRuntimeStatus, long>? Counts = null)
{
    /// <summary>How many instances fit the query, on all pages; null where a runtime would have to scan for it.</summary>
    public long? Total { get; init; }

    /// <summary>How many instances of that orchestration wait for an external event, without regard to the rest of the query; null likewise.</summary>
    public WaitingCounts? Waiting { get; init; }
}

/// <summary>How many instances wait for an external event.</summary>
/// <param name="Count">How many in all.</param>
/// <param name="Overdue">Of these, how many are behind their deadline.</param>
public readonly record struct WaitingCounts(long Count, long Overdue);
