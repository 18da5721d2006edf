namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>
/// Group commit. Records are appended to a batch in memory; one thread of its own writes and flushes one batch after the other, each with all that
/// was appended while the one before was under way. That running flush is all the lingering there is.
/// </summary>
internal sealed class CommitLog(SegmentWriter writer, Action<CommitBatch, RecordLocation> apply, object gate, TimeSpan retryDelay, ILogger logger)
{
    private CommitBatch _filling = new();
    private CommitBatch? _flushing;
    private CommitBatch _spare = new();
    private Thread? _thread;
    private long _appended;
    private long _durable;
    private bool _wanted;
    private bool _stopping;

    /// <summary>Why the last attempt to write failed; null when it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The position of the last change. Call it inside the gate.</summary>
    public long Appended => _appended;

    /// <summary>Where the next record goes. Call it inside the gate, write one record, and <see cref="Add"/> it.</summary>
    public ByteBuffer Records
    {
        get
        {
            ObjectDisposedException.ThrowIf(_stopping, typeof(InstanceStore));
            return _filling.Bytes;
        }
    }

    /// <summary>Begins to flush.</summary>
    public void Start()
    {
        _thread = new Thread(Run) { Name = "Journal", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Takes in the record just written; returns its position. Call it inside the gate.</summary>
    public long Add(Change change)
    {
        _filling.Changes.Add(change with { Length = _filling.Bytes.Length - change.Offset });
        _filling.LastPosition = ++_appended;
        return _appended;
    }

    /// <summary>Calls the listener when a position is durable.</summary>
    public void NotifyWhenDurable(long position, ICommitListener listener)
    {
        lock (gate)
        {
            if (position > _appended) throw new ArgumentOutOfRangeException(nameof(position), position, "No change has that position.");
            if (position > _durable)
            {
                var batch = _flushing is { } flushing && position <= flushing.LastPosition ? flushing : _filling;
                batch.Waiting.Add((position, listener));
                _wanted |= batch == _filling;
                Monitor.Pulse(gate);
                return;
            }
        }

        listener.OnCommitted(position);
    }

    /// <summary>Writes what was appended, one attempt if the disk fails, and ends.</summary>
    public void Stop()
    {
        lock (gate)
        {
            _stopping = true;
            Monitor.Pulse(gate);
        }

        _thread?.Join();
    }

    private void Run()
    {
        while (TakeBatch() is { } batch)
        {
            if (!TryWrite(batch, out var at)) return;
            Commit(batch, at);
            foreach (var (position, listener) in batch.Waiting) Tell(() => listener.OnCommitted(position));
            batch.Clear();
            _spare = batch;
        }
    }

    private CommitBatch? TakeBatch()
    {
        lock (gate)
        {
            while (!_wanted && !_stopping) Monitor.Wait(gate);
            if (_filling.IsEmpty) return null;

            _wanted = false;
            _flushing = _filling;
            _filling = _spare;
            return _flushing;
        }
    }

    private bool TryWrite(CommitBatch batch, out RecordLocation at)
    {
        while (true)
        {
            try
            {
                at = writer.Write(batch.Bytes.Span);
                return true;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                at = default;
                if (!AwaitRetry(batch, failure)) return false;
            }
        }
    }

    private void Commit(CommitBatch batch, RecordLocation at)
    {
        lock (gate)
        {
            if (Failure is not null) logger.LogWarning("The journal can be written again.");
            Failure = null;
            apply(batch, at);
            _durable = batch.LastPosition;
            _flushing = null;
        }
    }

    /// <summary>Tells everyone who waits, and everyone who comes to wait meanwhile. False when the store is closed.</summary>
    private bool AwaitRetry(CommitBatch batch, Exception failure)
    {
        if (Failure is null) logger.LogError(failure, "The journal cannot be written. Nothing new is started; trying again every {Delay}.", retryDelay);
        var began = Environment.TickCount64;
        while (true)
        {
            List<(long Position, ICommitListener Listener)> delayed;
            lock (gate)
            {
                Failure = failure;
                delayed = [.. batch.Waiting.Skip(batch.Told), .. _filling.Waiting.Skip(_filling.Told)];
                batch.Told = batch.Waiting.Count;
                _filling.Told = _filling.Waiting.Count;

                if (_stopping) return false;
                var left = retryDelay - TimeSpan.FromMilliseconds(Environment.TickCount64 - began);
                if (delayed.Count == 0 && left <= TimeSpan.Zero) return true;
                if (delayed.Count == 0) Monitor.Wait(gate, left);
            }

            foreach (var (position, listener) in delayed) Tell(() => listener.OnDelayed(position, failure));
        }
    }

    private void Tell(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception e)
        {
            // A listener's mistake must not stop the journal for all others.
            logger.LogError(e, "A commit listener failed.");
        }
    }
}
