using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Execution;

/// <summary>How many instances that have not ended are shown in each status, by the name of their orchestration: whoever asks need not look at them.</summary>
internal sealed class UnfinishedCounts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, OrchestrationRuntimeStatus Status), long> _counts = [];

    /// <summary>An instance stands otherwise than before; null where it is not shown, or has ended.</summary>
    public void Move(string name, Standing? before, Standing? now)
    {
        if (before?.Status == now?.Status)
            return;
        lock (_gate)
        {
            Add(name, before?.Status, -1);
            Add(name, now?.Status, 1);
        }
    }

    /// <summary>Adds those of a name, or all, to other counts.</summary>
    public void AddTo(Dictionary<OrchestrationRuntimeStatus, long> counts, string? name)
    {
        lock (_gate)
        {
            foreach (var ((one, status), count) in _counts)
            {
                if (count > 0 && (name is null || name == one))
                    counts[status] = counts.GetValueOrDefault(status) + count;
            }
        }
    }

    /// <summary>All of them, one count for each name and status that ever had any.</summary>
    public IReadOnlyList<(string Name, OrchestrationRuntimeStatus Status, long Count)> All()
    {
        lock (_gate)
            return [.. _counts.Select(one => (one.Key.Name, one.Key.Status, one.Value))];
    }

    private void Add(string name, OrchestrationRuntimeStatus? status, int change)
    {
        if (status is { } one)
            _counts[(name, one)] = _counts.GetValueOrDefault((name, one)) + change;
    }
}
