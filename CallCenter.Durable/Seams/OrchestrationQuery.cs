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

    /// <summary>The most instances that one page may hold.</summary>
    public int Top { get; init; } = 50;

    /// <summary>The token of the page before; null for the first page.</summary>
    public string? ContinuationToken { get; init; }
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
    IReadOnlyDictionary<OrchestrationRuntimeStatus, long>? Counts = null);
