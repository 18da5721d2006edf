using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Index;

namespace CallCenter.Runtime.Storage;

/// <summary>Which instances a scan walks over.</summary>
/// <param name="Name">Only those of this name; null for all.</param>
/// <param name="Statuses">Only those of one of these statuses; null for all.</param>
internal sealed record InstanceScan(string? Name, IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses)
{
    /// <summary>Only those that this finds; null for all.</summary>
    public SearchFilter? Search { get; init; }

    /// <summary>Whether it begins with those created first; else with those created last.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>A number to begin at or shortly before; null for the first.</summary>
    public long? From { get; init; }
}
