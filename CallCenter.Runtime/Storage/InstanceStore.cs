using System.Runtime.CompilerServices;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;
using CallCenter.Runtime.Storage.Recovery;
using CallCenter.Runtime.Storage.Upkeep;

namespace CallCenter.Runtime.Storage;

/// <summary>
/// Instances in a journal: append-only segment files, one flush for all who wait, an index in memory. The file format is in docs/journal.md.
/// </summary>
/// <remarks>
/// The index shows what is on disk and nothing else: a start, an end and a purge are found once they are durable. What is still on the way is
/// known only where a second change could contradict it. One gate guards it all; the disk is never waited for inside it.
/// </remarks>
internal sealed class InstanceStore : IInstanceStore
{
    private readonly object _gate = new();
    private readonly StoreOptions _options;
    private readonly SegmentSet _segments;
    private readonly InstanceTable _table;
    private readonly SegmentPreparer _preparer;
    private readonly SegmentWriter _writer;
    private readonly CommitLog _log;
    private readonly Flusher _flusher;
    private readonly InstanceReader _reader;
    private readonly Purging _purging;
    private readonly StoreUpkeep _upkeep;
    private readonly IDisposable _lock;
    private IReadOnlyList<StoredInstance>? _unfinished;
    private IReadOnlyList<RestingInstance>? _resting;
    private long _nextNumber;
    private bool _closed;

    private InstanceStore(StoreOptions options, IFileLayer files, ILogger logger, JournalRecovery recovered, IDisposable heldLock)
    {
        _options = options;
        _lock = heldLock;
        _segments = recovered.Segments;
        _table = recovered.Table;
        _nextNumber = recovered.NextNumber;
        _unfinished = UnfinishedInstances.Read(_table, _segments, withResting: false);
        _resting = UnfinishedInstances.Resting(_table);
        _preparer = new SegmentPreparer(options, files, logger);
        _writer = new SegmentWriter(options, files, _segments, _preparer, _gate, () => _nextNumber);
        if (recovered.Active is { } active)
            _writer.Resume(active, recovered.NextSequence, recovered.LastSegmentNumber);
        _log = new CommitLog(_writer, new TableUpdate(_table, _segments).Apply, _gate, logger, options.Metrics);
        _flusher = new Flusher(_log, options);
        _reader = new InstanceReader(_table, _segments, _gate);
        _purging = new Purging(_table, _log, _gate);

        var compactor = new Compactor(options, files, _segments, _table, _log, _gate, logger);
        _upkeep = new StoreUpkeep(options, files, _segments, _log, new Expiry(_reader, _log, _purging), compactor, _gate, logger);
    }

    public Exception? Failure => WriteFailure ?? _preparer.Shortage;
    public Exception? WriteFailure => _log.Failure;

    /// <summary>Opens the store in a folder, which is created when there is none.</summary>
    /// <exception cref="StoreException">It cannot be opened; the journal was not changed.</exception>
    public static Task<InstanceStore> OpenAsync(StoreOptions options, IFileLayer files, ILogger logger, CancellationToken cancellation) =>
        // Reading a long journal takes a while and is plain synchronous work.
        Task.Run(() => Open(options, files, logger, cancellation), cancellation);

    public IReadOnlyList<StoredInstance> TakeUnfinished() => Interlocked.Exchange(ref _unfinished, null) ?? [];

    public IReadOnlyList<RestingInstance> TakeResting() => Interlocked.Exchange(ref _resting, null) ?? [];

    public (long Number, long Position)? TryStart(string id, DateTime createdAt, ReadOnlySpan<byte> payload, long? replaces = null)
    {
        if (Failure is { } failure)
            throw Unwritable.Refusal(failure, _options.RetryDelay);

        var hash = IdHash.Of(id);
        var search = SearchEntry.Of(id, _options.KeyOf(payload));
        lock (_gate)
        {
            if (_table.Index.Find(hash, besides: replaces ?? 0) != 0)
                return null;
            if (replaces is { } old && !_purging.TryReplace(old, hash))
                return null;

            var number = TakeNumber();
            var change = new Change(RecordKind.Start, number, _log.Records.Length, 0);
            RecordWriter.Start(_log.Records, number, id, createdAt, payload);
            var name = _table.Index.Names.NumberOf(_options.NameOf(payload));
            _table.Index.Add(number, new Identity(hash, createdAt, name, search), SlotFlags.Arriving);
            _table.Running.Add(number, new RunningInstance { Id = id, OnTheWay = 1 });
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

    public void Rest(long number, ReadOnlySpan<byte> note)
    {
        lock (_gate)
        {
            var running = Unfinished(number);
            var change = new Change(RecordKind.Rest, number, _log.Records.Length, 0);
            RecordWriter.Rest(_log.Records, number, note);
            _log.Add(change);
            // A million of them have to be small, and what is on disk can be read again.
            if (running.OnTheWay++ == 0)
                running.Id = "";
        }
    }

    public StoredInstance? Load(long number) => _reader.Load(number);

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
            RecordWriter.Archive(_log.Records, number, running.Id, _table.Index.Get(number).CreatedAt, lastUpdatedAt, status, archive);
            running.IsEnding = true;
            running.OnTheWay++;
            return _log.Add(change);
        }
    }

    public long Reopen(long number, ReadOnlySpan<byte> payload)
    {
        var packed = new ByteBuffer(payload.Length + Varint.MaxSize);
        RecordWriter.Pack(packed, payload);
        var id = _reader.IdOf(number) ?? throw Gone(number);
        lock (_gate)
        {
            ref var slot = ref _table.Index.Get(number);
            if (Unsafe.IsNullRef(ref slot) || (slot.Flags & SlotFlags.Leaving) != 0)
                throw Gone(number);
            if (_table.Running.TryGetValue(number, out var running) && !running.IsEnding)
                throw NotEnded(number);

            var change = new Change(RecordKind.Snapshot, number, _log.Records.Length, 0);
            RecordWriter.Snapshot(_log.Records, number, id, slot.CreatedAt, packed.Span);
            if (running is null)
                _table.Running.Add(number, running = new RunningInstance { Id = id });
            running.IsEnding = false;
            running.OnTheWay++;
            return _log.Add(change);
        }
    }

    public long Purge(long number) => _purging.Purge(number);

    public void NotifyWhenDurable(long position, ICommitListener listener) => _log.NotifyWhenDurable(position, listener);

    public InstanceEntry? Find(string id) => _reader.Find(id);

    public StoredArchive? ReadArchive(InstanceEntry entry) => _reader.ReadArchive(entry);

    public IEnumerable<ReadOnlyMemory<InstanceEntry>> Scan(InstanceScan scan) => _reader.Scan(scan);

    public IReadOnlyDictionary<OrchestrationRuntimeStatus, long> EndedCounts(string? name = null) => _reader.EndedCounts(name);

    public async ValueTask DisposeAsync()
    {
        if (_closed)
            return;

        _closed = true;
        _reader.Close();
        await _upkeep.DisposeAsync();
        _flusher.Stop();
        if (_log.Failure is null)
            _log.WriteMark();
        CloseFiles();
    }

    /// <summary>Does at once what is otherwise done from time to time: index files, retention, compaction.</summary>
    internal Task RunUpkeepAsync(CancellationToken cancellation) => _upkeep.RunAsync(cancellation);

    private static InstanceStore Open(StoreOptions options, IFileLayer files, ILogger logger, CancellationToken cancellation)
    {
        var heldLock = FolderLock.Take(options, files, logger);
        var recovery = new JournalRecovery(options, files, logger);
        try
        {
            recovery.Read(cancellation);
            recovery.MakeReady();
            var store = new InstanceStore(options, files, logger, recovery, heldLock);
            store._log.WriteMark();
            store._flusher.Start();
            store._upkeep.Start();
            options.Metrics?.Observe(store.SegmentEnds);
            return store;
        }
        catch
        {
            recovery.Close();
            heldLock.Dispose();
            throw;
        }
    }

    private IReadOnlyList<int> SegmentEnds()
    {
        lock (_gate)
            return [.. _segments.All.Select(segment => segment.End)];
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

    private void CloseFiles()
    {
        _writer.Dispose();
        foreach (var segment in _segments.All)
            segment.File.Dispose();
        _lock.Dispose();
    }

    private static InvalidOperationException Gone(long number) => new($"Instance {number} was purged.");

    private static InvalidOperationException NotEnded(long number) => new($"Instance {number} has not ended.");
}
