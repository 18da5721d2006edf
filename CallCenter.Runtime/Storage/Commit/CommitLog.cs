using System.Diagnostics;
using CallCenter.Runtime.Storage.Journal;
using CallCenter.Runtime.Telemetry;

namespace CallCenter.Runtime.Storage.Commit;

/// <summary>
/// Group commit. Records are appended to a batch in memory; one batch after the other is written and flushed, each with all that was appended while the one
/// before was under way. That running flush is all the lingering there is. Which thread flushes is the <see cref="Flusher"/>'s choice; it is one at a time.
/// </summary>
internal sealed class CommitLog(SegmentWriter writer, Action<CommitBatch, RecordLocation> apply, object gate, ILogger logger, JournalMetrics? metrics)
{
    private CommitBatch _filling = new();
    private readonly Stack<CommitBatch> _spare = [];
    private CommitBatch? _flushing;
    private long _durable;
    private bool _wanted;
    // Somebody is writing a batch.
    private bool _isBusy;
    // How many waited for one of late.
    private int _company;
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

    /// <summary>Called when somebody has begun to wait, on the thread that waits, outside the gate.</summary>
    public Action<ICommitListener> OnWanted { get; set; } = _ => { };

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
            OnWanted(listener);
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
            while (_isBusy || !_wanted && !_closed && _flushing is null)
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

    /// <summary>Writes one batch, with one attempt, unless another thread is at it.</summary>
    /// <param name="ifAlone">True to write only what one waiter alone waits for, as of late one alone did, and not what could not be written then.</param>
    public FlushResult FlushOnce(bool ifAlone = false)
    {
        if (NextBatch(ifAlone) is not { } batch)
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
            var isFirst = Failure is null;
            Failure = failure;
            Release();
            if (isFirst)
                logger.LogError(failure, "The journal cannot be written. Nothing new is started until it can.");
            return FlushResult.Failed;
        }
        catch
        {
            // The journal's thread tries it again, and brings the program down with it.
            Release();
            throw;
        }

        var wasFailing = Failure is not null;
        Failure = null;
        Commit(batch, at);
        foreach (var (position, listener) in batch.Waiting)
            Tell(listener, position);
        batch.Clear();
        lock (gate)
            _spare.Push(batch);
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
        if (!listener.MayFlush)
            Wake();
    }

    // A batch that could not be written is the next one again: nothing may overtake it.
    private CommitBatch? NextBatch(bool ifAlone)
    {
        lock (gate)
        {
            if (_isBusy)
                return null;
            if (ifAlone && (_flushing is not null || _company > 1 || _filling.Waiting.Count > 1))
            {
                Wake();
                return null;
            }
            if (_flushing is null)
            {
                if (_filling.IsEmpty || !(_wanted || _closed))
                    return null;
                _wanted = false;
                _flushing = _filling;
                _filling = _spare.TryPop(out var spare) ? spare : new();
            }
            _isBusy = true;
            return _flushing;
        }
    }

    private void Commit(CommitBatch batch, RecordLocation at)
    {
        lock (gate)
        {
            try
            {
                apply(batch, at);
                _durable = batch.LastPosition;
                _company = Math.Max(batch.Waiting.Count, _company / 2);
                _flushing = null;
            }
            finally
            {
                Release();
            }
        }
    }

    /// <summary>Another thread may flush now; if there is more, one is woken for it.</summary>
    private void Release()
    {
        lock (gate)
        {
            _isBusy = false;
            if (_wanted || _closed || _flushing is not null)
                Wake();
        }
    }

    /// <summary>Wakes the thread that waits for work, unless somebody is at it, who looks again at the end.</summary>
    private void Wake()
    {
        if (!_isBusy)
            Monitor.Pulse(gate);
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
