using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Execution;

/// <summary>Where an instance that has not ended stands, as far as it is counted and listed by that.</summary>
/// <param name="Status">Its status.</param>
/// <param name="WaitsUntil">Until when it waits for an external event: ticks (UTC), the greatest for ever; 0 when it does not wait.</param>
/// <param name="WaitsSince">Since when: ticks (UTC); 0 when it does not, or nobody says.</param>
internal readonly record struct Standing(OrchestrationRuntimeStatus Status, long WaitsUntil, long WaitsSince)
{
    /// <summary>Null for one that is not shown, or has ended.</summary>
    public static Standing? Of(CommittedInstance? shown) =>
        shown is { End: null } ? new(shown.Status, shown.WaitsUntil, shown.WaitsUntil == 0 ? 0 : shown.WaitsSince?.Ticks ?? 0) : null;
}
