namespace CallCenter.Durable.Seams;

/// <summary>How one orchestration fared in the last hour, from a runtime's own counts. Times are UTC.</summary>
/// <param name="From">When the hour began.</param>
/// <param name="Minutes">The minutes of it that were counted, the newest last. The newest is not over yet.</param>
/// <param name="StatesSince">Since when <paramref name="States"/> were measured: a restart of the program forgets what was before.</param>
/// <param name="States">How long the states took.</param>
/// <param name="Waiting">How many instances wait for an event now.</param>
/// <param name="OldestWaiting">Since when the one waits that has waited longest; null when none does.</param>
public sealed record OrchestrationFigures(
    DateTime From,
    IReadOnlyList<MinuteFigures> Minutes,
    DateTime StatesSince,
    IReadOnlyList<StateFigures> States,
    long Waiting,
    DateTime? OldestWaiting);

/// <summary>What happened in one minute.</summary>
/// <param name="At">When it began.</param>
/// <param name="Started">Instances that were started.</param>
/// <param name="Completed">Instances that completed.</param>
/// <param name="Failed">Instances that failed.</param>
/// <param name="Terminated">Instances that were terminated.</param>
public readonly record struct MinuteFigures(DateTime At, long Started, long Completed, long Failed, long Terminated);

/// <summary>How long a state took.</summary>
/// <param name="Name">The state.</param>
/// <param name="Count">How often it ended.</param>
/// <param name="P50">Half of the times it took no longer; to within a tenth.</param>
/// <param name="P95">Of twenty times, nineteen took no longer; to within a tenth.</param>
public sealed record StateFigures(string Name, long Count, TimeSpan P50, TimeSpan P95);
