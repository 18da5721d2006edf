using System.Diagnostics;
using CallCenter.Runtime.Storage.Journal;
using CallCenter.Runtime.Telemetry;

namespace CallCenter.Runtime.Storage.Commit;

/// <summary>
/// Group commit. Records are appended to a batch in memory; one batch after the other is written and flushed, each with all that was appended while the one
/// before was under way. That running flush is all the lingering there is.
/// </summary>
internal sealed class CommitLog(SegmentWriter writer, Action<CommitBatch, RecordLocation> apply, object gate, ILogger logger, JournalMetrics? metrics)
{
    private CommitBatch _filling = new();
    private CommitBatch? _flushing;
    private CommitBatch _spare = new();
    private long _durable;
    private bool _wanted;
    private bool _closed;

    /// <summary>Why the last attempt to write failed; null when it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The position of the last change. Call it inside the gate.</summary>
    public long Appended { get; private set; }

    /// <summary>Where the next record goes. Call it inside the gate, write one record, and <see cref="Add"/> it.</summary>
    public ByteBuffer Records
    {
        get
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(InstanceStore));
            return _filling.Bytes;
        }
    }

    /// <summary>Takes in the record just written; returns its position. Call it inside the gate.</summary>
    public long Add(Change change)
    {
        _filling.Changes.Add(change with { Length = _filling.Bytes.Length - change.Offset });
        return _filling.LastPosition = ++Appended;
    }

    /// <summary>Called when somebody has begun to wait, outside the gate.</summary>
    public Action OnWanted { get; set; } = () => { };

    /// <summary>Calls the listener when a position is durable.</summary>
    public void NotifyWhenDurable(long position, ICommitListener listener)
    {
        bool isDurable;
        lock (gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Appended);
            isDurable = position <= _durable;
            if (!isDurable)
                AddWaiting(position, listener);
        }

        if (isDurable)
            listener.OnCommitted(position);
        else
            OnWanted();
    }

    public Task WhenDurableAsync(long position, CancellationToken cancellation) =>
        DurableWaiter.WaitAsync(NotifyWhenDurable, position).WaitAsync(cancellation);

    /// <summary>
    /// Writes a batch without records, before the first and behind the last. A sound batch behind it is what tells damage to the last real batch from
    /// a torn write; and the start is the time to find out that nothing can be written. If so it stays the next batch, and is tried again.
    /// </summary>
    public FlushResult WriteMark()
    {
        lock (gate)
        {
            _flushing = new CommitBatch { LastPosition = _durable };
        }

        return FlushOnce();
    }

    /// <summary>Takes nothing more. What was appended is still flushed.</summary>
    public void Close()
    {
        lock (gate)
        {
            _closed = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Waits until there is something to flush, or nothing more to come; false when nothing more comes.</summary>
    public bool WaitForWork()
    {
        lock (gate)
        {
            while (!_wanted && !_closed && _flushing is null)
                Monitor.Wait(gate);
            return !_closed;
        }
    }

    /// <summary>Waits before the next attempt, unless nothing more is to come.</summary>
    public void Pause(TimeSpan delay)
    {
        var end = Environment.TickCount64 + (long)delay.TotalMilliseconds;
        lock (gate)
        {
            while (!_closed && end - Environment.TickCount64 is > 0 and var left)
                Monitor.Wait(gate, (int)left);
        }
    }

    /// <summary>Writes one batch, with one attempt. For one thread at a time.</summary>
    public FlushResult FlushOnce()
    {
        if (NextBatch() is not { } batch)
            return FlushResult.Nothing;

        RecordLocation at;
        try
        {
            var began = Stopwatch.GetTimestamp();
            at = writer.Write(batch.Bytes.Span);
            metrics?.CountFlush(began, batch.Changes.Count, at.Length);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            if (Failure is null)
                logger.LogError(failure, "The journal cannot be written. Nothing new is started until it can.");
            Failure = failure;
            return FlushResult.Failed;
        }

        Commit(batch, at);
        var wasFailing = Failure is not null;
        Failure = null;
        foreach (var (position, listener) in batch.Waiting)
            Tell(listener, position);
        batch.Clear();
        _spare = batch;
        // At last, and outside the gate: a log may block.
        if (wasFailing)
            logger.LogWarning("The journal can be written again.");
        return FlushResult.Done;
    }

    private void AddWaiting(long position, ICommitListener listener)
    {
        var batch = _flushing is { } flushing && position <= flushing.LastPosition ? flushing : _filling;
        batch.Waiting.Add((position, listener));
        _wanted |= batch == _filling;
        Monitor.Pulse(gate);
    }

    // A batch that could not be written is the next one again: nothing may overtake it.
    private CommitBatch? NextBatch()
    {
        lock (gate)
        {
            if (_flushing is not null)
                return _flushing;
            if (_filling.IsEmpty || !(_wanted || _closed))
                return null;

            _wanted = false;
            _flushing = _filling;
            _filling = _spare;
            return _flushing;
        }
    }

    private void Commit(CommitBatch batch, RecordLocation at)
    {
        lock (gate)
        {
            apply(batch, at);
            _durable = batch.LastPosition;
            _flushing = null;
        }
    }

    private void Tell(ICommitListener listener, long position)
    {
        try
        {
            listener.OnCommitted(position);
        }
        catch (Exception e)
        {
            // A listener's mistake must not stop the journal for all others.
            logger.LogError(e, "A commit listener failed.");
        }
    }
}
