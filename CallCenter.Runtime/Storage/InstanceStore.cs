using System.Runtime.CompilerServices;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;
using CallCenter.Runtime.Storage.Upkeep;

namespace CallCenter.Runtime.Storage;

/// <summary>
/// Instances in a journal: append-only segment files, one flush for all who wait, an index in memory. The file format is in docs/journal.md.
/// </summary>
/// <remarks>
/// The index shows what is on disk and nothing else: a start, an end and a purge are found once they are durable. What is still on the way is
/// known only where a second change could contradict it. One gate guards it all; the disk is never waited for inside it.
/// </remarks>
internal sealed partial class InstanceStore : IInstanceStore
{
    private readonly object _gate;
    private readonly SegmentSet _segments;
    private readonly InstanceTable _table;
    private readonly SegmentPreparer _preparer;
    private readonly CommitLog _log;
    private readonly StoreUpkeep _upkeep;
    private readonly StoreOptions _options;
    private long _nextNumber;
    private IReadOnlyList<StoredInstance>? _unfinished;

    public Exception? Failure => WriteFailure ?? _preparer.Shortage;
    public Exception? WriteFailure => _log.Failure;

    public IReadOnlyList<StoredInstance> TakeUnfinished() => Interlocked.Exchange(ref _unfinished, null) ?? [];

    public (long Number, long Position)? TryStart(string id, DateTime createdAt, ReadOnlySpan<byte> payload, long? replaces = null)
    {
        if (Failure is { } failure)
            throw Unwritable.Refusal(failure, _options.RetryDelay);

        var hash = IdHash.Of(id);
        lock (_gate)
        {
            if (_table.Index.Find(hash, besides: replaces ?? 0) != 0)
                return null;
            if (replaces is { } old && !TryPurgeReplaced(old, hash))
                return null;

            var number = TakeNumber();
            var change = new Change(RecordKind.Start, number, _log.Records.Length, 0);
            RecordWriter.Start(_log.Records, number, id, createdAt, payload);
            var name = _table.Index.Names.NumberOf(_options.NameOf(payload));
            _table.Index.Add(number, new Identity(hash, createdAt, name), SlotFlags.Arriving);
            _table.Running.Add(number, new RunningInstance { Id = id, CreatedAt = createdAt, OnTheWay = 1 });
            return (number, _log.Add(change));
        }
    }

    public long Append(long number, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            var running = Unfinished(number);
            var change = new Change(RecordKind.Event, number, _log.Records.Length, 0);
            RecordWriter.Event(_log.Records, number, payload);
            running.OnTheWay++;
            return _log.Add(change);
        }
    }

    public long Finish(long number, OrchestrationRuntimeStatus status, DateTime lastUpdatedAt, ReadOnlySpan<byte> archive)
    {
        lock (_gate)
        {
            var running = Unfinished(number);
            var change = new Change(RecordKind.Archive, number, _log.Records.Length, 0)
            {
                LastUpdatedAt = lastUpdatedAt,
                Status = status,
            };
            RecordWriter.Archive(_log.Records, number, running.Id, running.CreatedAt, lastUpdatedAt, status, archive);
            running.IsEnding = true;
            running.OnTheWay++;
            return _log.Add(change);
        }
    }

    public long Reopen(long number, ReadOnlySpan<byte> payload)
    {
        var packed = new ByteBuffer(payload.Length + Varint.MaxSize);
        RecordWriter.Pack(packed, payload);
        var (id, createdAt) = Identify(number);
        lock (_gate)
        {
            ref var slot = ref _table.Index.Get(number);
            if (Unsafe.IsNullRef(ref slot) || (slot.Flags & SlotFlags.Leaving) != 0)
                throw Gone(number);
            if (_table.Running.TryGetValue(number, out var running) && !running.IsEnding)
                throw NotEnded(number);

            var change = new Change(RecordKind.Snapshot, number, _log.Records.Length, 0);
            RecordWriter.Snapshot(_log.Records, number, id, createdAt, packed.Span);
            if (running is null)
                _table.Running.Add(number, running = new RunningInstance { Id = id, CreatedAt = createdAt });
            running.IsEnding = false;
            running.OnTheWay++;
            return _log.Add(change);
        }
    }

    public long Purge(long number)
    {
        lock (_gate)
        {
            ref var slot = ref _table.Index.Get(number);
            // Gone or going: everything appended so far, and with it the purge, is what to wait for.
            if (Unsafe.IsNullRef(ref slot) || (slot.Flags & SlotFlags.Leaving) != 0)
                return _log.Appended;
            return AddPurge(ref slot, number);
        }
    }

    public void NotifyWhenDurable(long position, ICommitListener listener) => _log.NotifyWhenDurable(position, listener);

    /// <summary>Does at once what is otherwise done from time to time: index files, retention, compaction.</summary>
    internal Task RunUpkeepAsync(CancellationToken cancellation) => _upkeep.RunAsync(cancellation);

    private long? TryExpire(long number, DateTime before)
    {
        lock (_gate)
        {
            ref var slot = ref _table.Index.Get(number);
            var isDue = !Unsafe.IsNullRef(ref slot) && slot.HasEnded && slot.UpdatedTicks < before.Ticks;
            return isDue && (slot.Flags & SlotFlags.Leaving) == 0 && !_table.Running.ContainsKey(number) ? AddPurge(ref slot, number) : null;
        }
    }

    private bool TryPurgeReplaced(long number, IdHash hash)
    {
        ref var slot = ref _table.Index.Get(number);
        if (Unsafe.IsNullRef(ref slot) || (slot.Flags & SlotFlags.Leaving) != 0)
            return true;
        if (slot.Hash != hash)
            throw new ArgumentException($"Instance {number} has another id.", nameof(number));
        if (_table.Running.TryGetValue(number, out var running) && !running.IsEnding)
            return false;

        // Beside the start in the same batch: on disk both happen or neither.
        AddPurge(ref slot, number);
        return true;
    }

    private long AddPurge(ref Slot slot, long number)
    {
        var change = new Change(RecordKind.Purge, number, _log.Records.Length, 0);
        RecordWriter.Purge(_log.Records, number);
        slot.Flags |= SlotFlags.Leaving;
        if (_table.Running.TryGetValue(number, out var running))
        {
            running.IsEnding = true;
            running.OnTheWay++;
        }

        return _log.Add(change);
    }

    private RunningInstance Unfinished(long number) =>
        _table.Running.TryGetValue(number, out var running) && !running.IsEnding
            ? running
            : throw new InvalidOperationException($"Instance {number} has ended, or there is none.");

    private long TakeNumber()
    {
        // The index tells numbers by their low 32 bits and needs one value for 'none'.
        if ((uint)_nextNumber == 0)
            _nextNumber++;
        return _nextNumber++;
    }

    private static InvalidOperationException Gone(long number) => new($"Instance {number} was purged.");

    private static InvalidOperationException NotEnded(long number) => new($"Instance {number} has not ended.");
}
