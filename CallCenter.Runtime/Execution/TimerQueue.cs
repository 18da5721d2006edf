namespace CallCenter.Runtime.Execution;

/// <summary>
/// Calls back at points in time (UTC). One timer serves all: it is armed for the next point, and at most a minute ahead, because a
/// clock may be set forward and a machine may sleep. A clock that is set back delays nothing: what is left to wait is measured as it passes.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Entry, DateTime> _queue = new();
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private DateTime _steady;
    private long _steadyAt;
    private int _cancelled;
    private bool _stopped;

    public TimerQueue(TimeProvider clock)
    {
        _clock = clock;
        (_steady, _steadyAt) = (clock.GetUtcNow().UtcDateTime, clock.GetTimestamp());
        _timer = clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The time that it goes by: the clock, as far as it was set forward and not as far as it was set back.</summary>
    public DateTime Now
    {
        get
        {
            lock (_gate)
                return Steady();
        }
    }

    /// <summary>How far its time is ahead of the clock.</summary>
    public TimeSpan Ahead
    {
        get
        {
            lock (_gate)
                return Steady() - _clock.GetUtcNow().UtcDateTime;
        }
    }

    /// <summary>Calls back at a point in time.</summary>
    /// <param name="dueAt">When, by the clock (UTC).</param>
    /// <param name="callback">What to call.</param>
    /// <param name="ahead">How far the time of the queue was ahead of the clock when somebody first waited for that; null for now.</param>
    public Entry Add(DateTime dueAt, Action callback, TimeSpan? ahead = null)
    {
        lock (_gate)
        {
            var entry = new Entry(this, callback, dueAt + (ahead ?? Steady() - _clock.GetUtcNow().UtcDateTime));
            _queue.Enqueue(entry, entry.Time);
            if (_queue.Peek() == entry)
                Arm();
            return entry;
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _stopped = true;
        _timer.Dispose();
    }

    private void Fire()
    {
        List<Entry> due = [];
        lock (_gate)
        {
            var now = Steady();
            while (_queue.TryPeek(out var entry, out var dueAt) && dueAt <= now)
            {
                _queue.Dequeue();
                due.Add(entry);
            }
            Arm();
        }
        foreach (var entry in due)
            entry.Fire();
    }

    private DateTime Steady()
    {
        var (now, at) = (_clock.GetUtcNow().UtcDateTime, _clock.GetTimestamp());
        var passed = _steady + _clock.GetElapsedTime(_steadyAt, at);
        (_steady, _steadyAt) = (passed > now ? passed : now, at);
        return _steady;
    }

    private void Arm()
    {
        if (_stopped || !_queue.TryPeek(out _, out var dueAt))
            return;
        var wait = dueAt - Steady();
        var sleep = wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestSleep ? wait + TimeSpan.FromMilliseconds(1) : LongestSleep;
        _timer.Change(sleep, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled entries would hold their instances until their time comes: once most are cancelled, they go.</summary>
    private void Cancelled()
    {
        lock (_gate)
        {
            if (++_cancelled < 1024 || _cancelled < _queue.Count / 2)
                return;
            var alive = _queue.UnorderedItems.Where(item => !item.Element.IsCancelled).ToList();
            _queue.Clear();
            _queue.EnqueueRange(alive);
            _cancelled = 0;
        }
    }

    /// <summary>One point in time.</summary>
    internal sealed class Entry(TimerQueue owner, Action callback, DateTime time)
    {
        private Action? _callback = callback;

        /// <summary>When it is due, as <see cref="TimerQueue.Now"/> has it.</summary>
        public DateTime Time { get; } = time;

        public bool IsCancelled => _callback is null;

        public void Cancel()
        {
            if (Interlocked.Exchange(ref _callback, null) is not null)
                owner.Cancelled();
        }

        public void Fire() => Interlocked.Exchange(ref _callback, null)?.Invoke();
    }
}
