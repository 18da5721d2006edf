using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Journal;
using CallCenter.Runtime.Storage.Recovery;
using CallCenter.Runtime.Storage.Upkeep;

namespace CallCenter.Runtime.Storage;

/// <summary>Opening, closing, and what a flushed batch does to the table.</summary>
internal sealed partial class InstanceStore
{
    private readonly SegmentWriter _writer;
    private readonly Flusher _flusher;
    private readonly IDisposable _lock;
    private volatile bool _closed;

    private InstanceStore(StoreOptions options, IFileLayer files, ILogger logger, JournalRecovery recovered, IDisposable heldLock)
    {
        _options = options;
        _lock = heldLock;
        _gate = new object();
        _segments = recovered.Segments;
        _table = recovered.Table;
        _nextNumber = recovered.NextNumber;
        _unfinished = UnfinishedInstances.Read(_table, _segments);
        _preparer = new SegmentPreparer(options, files, logger);
        _writer = new SegmentWriter(options, files, _segments, _preparer, _gate, () => _nextNumber);
        if (recovered.Active is { } active)
            _writer.Resume(active, recovered.NextSequence, recovered.LastSegment);
        _log = new CommitLog(_writer, Apply, _gate, logger);
        _flusher = new Flusher(_log, options);

        var compactor = new Compactor(options, files, _segments, _table, _log, _gate, logger);
        _upkeep = new StoreUpkeep(options, files, _segments, _log, new Expiry(_table, _log, _gate, TryExpire), compactor, _gate, logger);
    }

    /// <summary>Opens the store in a folder, which is created when there is none.</summary>
    /// <exception cref="StoreException">It cannot be opened; the journal was not changed.</exception>
    public static Task<InstanceStore> OpenAsync(StoreOptions options, IFileLayer files, ILogger logger, CancellationToken cancellation) =>
        // Reading a long journal takes a while and is plain synchronous work.
        Task.Run(() => Open(options, files, logger, cancellation), cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_closed)
            return;

        _closed = true;
        await _upkeep.DisposeAsync();
        _flusher.Stop();
        if (_log.Failure is null)
            _log.WriteMark();
        CloseFiles();
    }

    private static InstanceStore Open(StoreOptions options, IFileLayer files, ILogger logger, CancellationToken cancellation)
    {
        var heldLock = FolderLock.Take(options, files, logger);
        var recovery = new JournalRecovery(options, files, logger);
        try
        {
            recovery.Run(cancellation);
            var store = new InstanceStore(options, files, logger, recovery, heldLock);
            store._log.WriteMark();
            store._flusher.Start();
            store._upkeep.Start();
            return store;
        }
        catch
        {
            recovery.Close();
            heldLock.Dispose();
            throw;
        }
    }

    private void Apply(CommitBatch batch, RecordLocation batchAt)
    {
        _segments[batchAt.Segment].End = batchAt.Offset + batchAt.Length;
        foreach (var change in batch.Changes)
            Apply(change, new RecordLocation(batchAt.Segment, batchAt.Offset + change.Offset, change.Length));
    }

    private void Apply(in Change change, RecordLocation at)
    {
        var number = change.Number;
        if (!change.IsMoved && _table.Running.TryGetValue(number, out var running))
            running.OnTheWay--;
        switch (change.Kind)
        {
            case RecordKind.Start or RecordKind.Snapshot:
                _table.ApplyWhole(number, _table.Index.Get(number).Identity, at);
                break;
            case RecordKind.Event:
                _table.ApplyEvent(number, at);
                break;
            case RecordKind.Archive:
                _table.ApplyArchive(number, _table.Index.Get(number).Identity, change.LastUpdatedAt, change.Status, at);
                break;
            case RecordKind.Purge:
                _table.ApplyPurge(number, at);
                break;
            case RecordKind.Drop:
                _segments.Remove((int)number);
                break;
        }
    }

    private void CloseFiles()
    {
        _writer.Dispose();
        foreach (var segment in _segments.All)
            segment.File.Dispose();
        _lock.Dispose();
    }
}
