using System.Text;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Index;

namespace CallCenter.Tests.Runtime;

/// <summary>
/// A store whose disk is a list, and whose flushes happen when the test says so: what is not flushed is gone after
/// <see cref="Crash"/>.
/// </summary>
internal sealed class MemoryStore : IInstanceStore
{
    private sealed record Stored(long Number, string Id, DateTime CreatedAt, List<byte[]> Payloads)
    {
        public OrchestrationRuntimeStatus Status { get; set; } = OrchestrationRuntimeStatus.Running;

        public DateTime UpdatedAt { get; set; }

        public byte[]? Archive { get; set; }

        /// <summary>What it rests with.</summary>
        public byte[]? Note { get; set; }
    }

    private readonly Lock _gate = new();
    private readonly List<Action<MemoryStore>> _log = [];
    private readonly SortedDictionary<long, Stored> _instances = [];
    private readonly List<(long Position, ICommitListener Listener)> _listeners = [];
    private long _numbers;
    private int _durable;

    /// <summary>True while flushes are held back.</summary>
    public bool Held { get; private set; }

    public Exception? Failure => WriteFailure ?? Shortage;

    public Exception? WriteFailure { get; private set; }

    /// <summary>Why there is no room for what comes later.</summary>
    public Exception? Shortage { get; set; }

    /// <summary>How many changes were made.</summary>
    public int Changes
    {
        get
        {
            lock (_gate)
                return _log.Count;
        }
    }

    public IReadOnlyDictionary<OrchestrationRuntimeStatus, long> EndedCounts(string? name = null)
    {
        lock (_gate)
            return _instances.Values.Where(i => i.Archive is not null && (name is null || name == NameOf(i))).GroupBy(i => i.Status).ToDictionary(g => g.Key, g => (long)g.Count());
    }

    /// <summary>From now on nothing becomes durable.</summary>
    public void Hold()
    {
        lock (_gate)
            Held = true;
    }

    /// <summary>Flushes what there is, and everything from now on.</summary>
    public void Release()
    {
        lock (_gate)
            (Held, WriteFailure) = (false, null);
        Flush();
    }

    /// <summary>The disk takes nothing until <see cref="Release"/>.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
            (Held, WriteFailure) = (true, failure);
    }

    /// <summary>The store as the next start of the program finds it.</summary>
    /// <param name="changes">How many changes had become durable; null for those that had.</param>
    public MemoryStore Crash(int? changes = null)
    {
        var next = new MemoryStore();
        lock (_gate)
        {
            foreach (var change in _log.Take(changes ?? _durable))
                next.Do(change);
            next._numbers = _numbers;
            next._durable = next._log.Count;
        }
        return next;
    }

    /// <summary>The payloads of an instance that has not ended, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Payloads(string id) => Load(Find(id)!.Value.Number)!.Payloads;

    public IReadOnlyList<StoredInstance> TakeUnfinished()
    {
        lock (_gate)
            return [.. _instances.Values.Where(i => i is { Archive: null, Note: null }).Select(Read)];
    }

    public IReadOnlyList<RestingInstance> TakeResting()
    {
        lock (_gate)
            return [.. _instances.Values.Where(i => i is { Archive: null, Note: not null }).Select(i => new RestingInstance(i.Number, NameOf(i), new Note(i.Note)))];
    }

    public void Rest(long number, ReadOnlySpan<byte> note)
    {
        var bytes = note.ToArray();
        Do(store => store._instances[number].Note = bytes);
    }

    public StoredInstance? Load(long number)
    {
        if (Damaged is not null && Find(Damaged)?.Number == number)
            throw new StoreDamagedException("memory", 0, "a test says so.");
        lock (_gate)
            return _instances.GetValueOrDefault(number) is { Archive: null } stored ? Read(stored) : null;
    }

    public (long Number, long Position)? TryStart(string id, DateTime createdAt, ReadOnlySpan<byte> payload, long? replaces = null)
    {
        var bytes = payload.ToArray();
        lock (_gate)
        {
            if (_instances.Values.Any(i => i.Id == id && i.Number != replaces))
                return null;
            var number = ++_numbers;
            return (number, Do(store =>
            {
                if (replaces is { } old)
                    store._instances.Remove(old);
                store._instances[number] = new Stored(number, id, createdAt, [bytes]) { UpdatedAt = createdAt };
            }));
        }
    }

    /// <summary>Thrown by the next append: a bug of the store.</summary>
    public Exception? Broken { get; set; }

    public long Append(long number, ReadOnlySpan<byte> payload)
    {
        if (Broken is { } bug)
        {
            Broken = null;
            throw bug;
        }
        var bytes = payload.ToArray();
        return Do(store =>
        {
            store._instances[number].Payloads.Add(bytes);
            store._instances[number].Note = null;
        });
    }

    public long Finish(long number, OrchestrationRuntimeStatus status, DateTime lastUpdatedAt, ReadOnlySpan<byte> archive)
    {
        var bytes = archive.ToArray();
        return Do(store =>
        {
            var stored = store._instances[number];
            (stored.Status, stored.UpdatedAt, stored.Archive) = (status, lastUpdatedAt, bytes);
        });
    }

    public long Reopen(long number, ReadOnlySpan<byte> payload)
    {
        var bytes = payload.ToArray();
        lock (_gate)
        {
            if (_instances.GetValueOrDefault(number) is not { Archive: not null })
                throw new InvalidOperationException($"Instance {number} has not ended, or is gone.");
        }
        return Do(store => store._instances[number] = store._instances[number] with { Payloads = [bytes], Archive = null, Note = null, Status = OrchestrationRuntimeStatus.Running });
    }

    public long Purge(long number) => Do(store => store._instances.Remove(number));

    public void NotifyWhenDurable(long position, ICommitListener listener)
    {
        lock (_gate)
            _listeners.Add((position, listener));
        Flush();
    }

    public InstanceEntry? Find(string id)
    {
        lock (_gate)
            return _instances.Values.FirstOrDefault(i => i.Id == id) is { } stored ? Entry(stored) : null;
    }

    /// <summary>The id of an instance that cannot be read any more.</summary>
    public string? Damaged { get; set; }

    public StoredArchive? ReadArchive(InstanceEntry entry)
    {
        if (Damaged is not null && Find(Damaged)?.Number == entry.Number)
            throw new StoreDamagedException("memory", entry.Location, "a test says so.");
        lock (_gate)
            return _instances.GetValueOrDefault(entry.Number) is { Archive: { } archive } stored ? new StoredArchive(stored.Id, archive) : null;
    }

    public IEnumerable<ReadOnlyMemory<InstanceEntry>> Scan(InstanceScan scan)
    {
        lock (_gate)
        {
            var found = _instances.Values
                .Where(i => (scan.Name is null || scan.Name == NameOf(i)) && scan.Statuses?.Contains(i.Status) != false)
                .Where(i => scan.Search?.Fits(SearchEntry.Of(i.Id, null)) != false)
                .Select(Entry);
            return [(scan.OldestFirst ? found : found.Reverse()).ToArray()];
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string NameOf(Stored stored) => Encoding.UTF8.GetString(HistoryReader.NameOf(stored.Payloads[0]));

    private static StoredInstance Read(Stored stored) => new(stored.Number, stored.Id, [.. stored.Payloads.Select(payload => (ReadOnlyMemory<byte>)payload)]);

    private static InstanceEntry Entry(Stored stored) => new(stored.Number, stored.Status, stored.CreatedAt, stored.UpdatedAt, 0);

    private long Do(Action<MemoryStore> change)
    {
        lock (_gate)
        {
            change(this);
            _log.Add(change);
            return _log.Count;
        }
    }

    private void Flush()
    {
        List<(long Position, ICommitListener Listener)> committed;
        lock (_gate)
        {
            if (!Held)
                _durable = _log.Count;
            committed = [.. _listeners.Where(entry => entry.Position <= _durable)];
            _listeners.RemoveAll(entry => entry.Position <= _durable);
        }
        committed.ForEach(entry => entry.Listener.OnCommitted(entry.Position));
    }
}
