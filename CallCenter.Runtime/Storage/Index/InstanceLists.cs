using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>The numbers of the instances by name and status, so that whoever asks for a few never walks over the others.</summary>
internal sealed class InstanceLists
{
    private static readonly OrchestrationRuntimeStatus[] Statuses = Enum.GetValues<OrchestrationRuntimeStatus>();
    private readonly List<NumberSet[]> _byName = [];

    public void Add(int name, OrchestrationRuntimeStatus status, long number)
    {
        while (_byName.Count <= name)
            _byName.Add(Array.ConvertAll(Statuses, _ => new NumberSet()));
        _byName[name][(int)status].Add(number);
    }

    /// <summary>Nothing happens when it is not there.</summary>
    public void Remove(int name, OrchestrationRuntimeStatus status, long number)
    {
        if (name < _byName.Count)
            _byName[name][(int)status].Remove(number);
    }

    /// <summary>The sets of a name and of some statuses; null stands for all.</summary>
    public IEnumerable<NumberSet> Of(int? name, IEnumerable<OrchestrationRuntimeStatus>? statuses) =>
        from sets in name is { } one ? _byName.Skip(one).Take(1) : _byName
        from status in statuses ?? Statuses
        select sets[(int)status];
}
