namespace CallCenter.Tests.Runtime;

/// <summary>A clock that stands still until the test moves it. Timers fire on the thread that moves it.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan _passed;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate)
            return _passed.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (_gate)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_gate)
            (_now, _passed) = (_now + by, _passed + by);
        while (TakeDue() is { } timer)
            timer.Fire();
    }

    /// <summary>Somebody sets the clock; no time passes by that.</summary>
    public void Set(DateTimeOffset to)
    {
        lock (_gate)
            _now = to;
    }

    private ManualTimer? TakeDue()
    {
        lock (_gate)
        {
            var due = _timers.Find(timer => timer.DueAt <= _passed);
            due?.DueAt = null;
            return due;
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        public TimeSpan? DueAt { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock._passed + dueTime;
            // What is due already fires as a system timer would: at once, on a thread of the pool.
            if (dueTime == TimeSpan.Zero)
                ThreadPool.QueueUserWorkItem(_ => clock.Advance(TimeSpan.Zero));
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
