using System.Collections.Concurrent;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;

namespace CallCenter.Runtime;

/// <summary>Where the instances are: those in memory by id and number, those that rest and come back when somebody looks, and the archives of those that have ended.</summary>
/// <param name="host">The runtime.</param>
internal sealed class InstanceDirectory(EmbeddedRuntime host)
{
    private readonly ConcurrentDictionary<string, Instance> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, Instance> _byNumber = new();

    /// <summary>An instance is in memory from now on.</summary>
    public void Add(Instance instance)
    {
        _byNumber[instance.Number] = instance;
        _byId[instance.Id] = instance;
    }

    /// <summary>It is not any more; false when it was not.</summary>
    public bool Remove(Instance instance)
    {
        _byId.TryRemove(new(instance.Id, instance));
        return _byNumber.TryRemove(new(instance.Number, instance));
    }

    /// <summary>An instance that has not ended; one that rests comes back into memory for it.</summary>
    /// <exception cref="StoreException">It rests, and its records cannot be read.</exception>
    public Instance? Find(string id)
    {
        if (_byId.GetValueOrDefault(id) is { } instance)
            return instance;
        return host.Store.Find(id) is { Status: OrchestrationRuntimeStatus.Running } entry ? Find(entry.Number) : null;
    }

    /// <inheritdoc cref="Find(string)"/>
    public Instance? Find(long number) => FindInMemory(number) ?? host.Resting.Find(number);

    public Instance? FindInMemory(long number) => _byNumber.GetValueOrDefault(number);

    /// <summary>What may be shown of an instance, ended or not; null when there is none of that id.</summary>
    /// <exception cref="StoreException">Its records cannot be read.</exception>
    public CommittedInstance? Show(string id)
    {
        // An instance leaves the memory once its end is on disk; whoever looks in between looks again.
        for (var look = 0; look < 3; look++)
        {
            if (_byId.GetValueOrDefault(id) is { } instance)
                return instance.Shown;
            if (host.Store.Find(id) is not { } entry)
                return null;
            if (entry.Status == OrchestrationRuntimeStatus.Running && Find(entry.Number) is { } rested)
                return rested.Shown;
            if (entry.Status != OrchestrationRuntimeStatus.Running && host.Store.ReadArchive(entry) is { } archive)
                return CommittedInstance.FromArchive(archive);
        }
        return null;
    }

    /// <summary>Where an instance stands that has not ended, whether it rests or not; null for one that is not shown.</summary>
    public Standing? StandingOf(long number) =>
        FindInMemory(number) is { } instance ? Standing.Of(instance.Shown) : host.Resting.StandingOf(number);

    /// <summary>Finds an instance as <see cref="Find(string)"/> does, and keeps it in memory until <see cref="Departure.Unwatch"/>.</summary>
    public Instance? Watch(string id)
    {
        while (Find(id) is { Shown: not null } instance)
        {
            if (instance.Departure.TryWatch())
                return instance;
        }
        return null;
    }

    /// <summary>Asks an instance that rests by now, for who has asked while it was in memory.</summary>
    public async Task AskAsync(long number, Func<Instance, DateTime, HistoryEvent?> change, TaskCompletionSource<OrchestrationAnswer> caller)
    {
        try
        {
            caller.TrySetResult(Find(number) is { } instance ? await instance.AskAsync(change) : OrchestrationAnswer.Ended);
        }
        catch (Exception failure)
        {
            caller.TrySetException(failure);
        }
    }
}
