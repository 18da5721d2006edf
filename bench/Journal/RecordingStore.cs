using System.Collections.Concurrent;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;

namespace CallCenter.Bench.Journal;

/// <summary>A store that keeps nothing but what it was given: everything counts as durable at once.</summary>
internal sealed class RecordingStore : IInstanceStore
{
    private readonly ConcurrentDictionary<long, RecordedCase> _cases = new();
    private long _numbers;

    /// <summary>The cases that have ended.</summary>
    public IReadOnlyList<RecordedCase> Ended => [.. _cases.Values.Where(one => one.Status != OrchestrationRuntimeStatus.Running)];

    /// <summary>Those that have not.</summary>
    public IReadOnlyList<RecordedCase> Open => [.. _cases.Values.Where(one => one.Status == OrchestrationRuntimeStatus.Running)];

    public Exception? Failure => null;

    public Exception? WriteFailure => null;

    public IReadOnlyDictionary<OrchestrationRuntimeStatus, long> EndedCounts(string? name = null) => new Dictionary<OrchestrationRuntimeStatus, long>();

    public IReadOnlyList<StoredInstance> TakeUnfinished() => [];

    public IReadOnlyList<RestingInstance> TakeResting() => [];

    public void Rest(long number, ReadOnlySpan<byte> note) => _cases[number].Note = note.ToArray();

    public StoredInstance? Load(long number) => throw new NotSupportedException();

    public (long Number, long Position)? TryStart(string id, DateTime createdAt, ReadOnlySpan<byte> payload, long? replaces = null)
    {
        var number = Interlocked.Increment(ref _numbers);
        _cases[number] = new RecordedCase(payload.ToArray());
        return (number, 1);
    }

    public long Append(long number, ReadOnlySpan<byte> payload)
    {
        _cases[number].Events.Add(payload.ToArray());
        return 1;
    }

    public long Finish(long number, OrchestrationRuntimeStatus status, DateTime lastUpdatedAt, ReadOnlySpan<byte> archive)
    {
        (_cases[number].Archive, _cases[number].Status) = (archive.ToArray(), status);
        return 1;
    }

    public void NotifyWhenDurable(long position, ICommitListener listener) => listener.OnCommitted(position);

    public long Reopen(long number, ReadOnlySpan<byte> payload) => throw new NotSupportedException();

    public long Purge(long number) => throw new NotSupportedException();

    public InstanceEntry? Find(string id) => null;

    public StoredArchive? ReadArchive(InstanceEntry entry) => null;

    public IEnumerable<ReadOnlyMemory<InstanceEntry>> Scan(InstanceScan scan) => [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
