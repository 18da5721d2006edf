using System.Collections.Concurrent;

namespace CallCenter.Runtime.Execution;

/// <summary>
/// Runs activities, a bounded number at a time. The thread pool is told to keep as many threads at hand, so that activities
/// which block do not keep the API waiting while the pool makes up its mind to grow.
/// </summary>
internal sealed class ActivityScheduler
{
    private static readonly TimeSpan StalledAfter = TimeSpan.FromMinutes(1);
    private readonly ConcurrentQueue<Func<Task>> _waiting = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _limit;
    private readonly TimeProvider _clock;
    private long _lastMove;
    private int _running;
    private volatile bool _open;
    private volatile bool _stopped;

    public ActivityScheduler(int limit, TimeProvider clock)
    {
        (_limit, _clock, _lastMove) = (limit, clock, clock.GetTimestamp());
        ThreadPool.GetMinThreads(out var workers, out var io);
        ThreadPool.SetMinThreads(Math.Max(workers, limit + 2 * Environment.ProcessorCount + 2), io);
    }

    public int Pending => Waiting + Running;
    public int Waiting => _waiting.Count;
    public int Running => Volatile.Read(ref _running);

    /// <summary>True when all places have been taken for a minute by the same activities.</summary>
    public bool IsStalled => Running >= _limit && _clock.GetElapsedTime(Volatile.Read(ref _lastMove)) > StalledAfter;

    /// <summary>Begins what has been added, and from now on whatever is.</summary>
    public void Open()
    {
        _open = true;
        Begin();
    }

    /// <summary>Puts an activity in line. Whoever adds one calls <see cref="Begin"/> or <see cref="RunNext"/> afterwards.</summary>
    public void Add(Func<Task> activity) => _waiting.Enqueue(activity);

    /// <summary>Begins what waits, on threads of the pool.</summary>
    public void Begin()
    {
        while (Take() is { } activity)
            ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Owner.RunAsync(state.Activity), (Owner: this, Activity: activity), preferLocal: true);
    }

    /// <summary>
    /// The same, and runs the first of it on this thread, which must belong to the pool and have nothing else to do:
    /// waking another costs more than most activities do.
    /// </summary>
    public void RunNext()
    {
        var first = Take();
        Begin();
        if (first is not null)
            _ = RunAsync(first);
    }

    /// <summary>Begins nothing more. The task completes when nothing runs any more.</summary>
    public Task StopAsync()
    {
        _stopped = true;
        if (Running == 0)
            _idle.TrySetResult();
        return _idle.Task;
    }

    /// <summary>The next activity, with a place to run in; null when there is none of either.</summary>
    private Func<Task>? Take()
    {
        while (_open && !_stopped && !_waiting.IsEmpty)
        {
            if (Interlocked.Increment(ref _running) <= _limit && _waiting.TryDequeue(out var activity))
            {
                Volatile.Write(ref _lastMove, _clock.GetTimestamp());
                return activity;
            }
            // Whoever gives its place back looks once more, so an activity added meanwhile is not left waiting.
            if (GiveBack() >= _limit)
                return null;
        }
        return null;
    }

    private int GiveBack()
    {
        var running = Interlocked.Decrement(ref _running);
        if (running == 0 && _stopped)
            _idle.TrySetResult();
        return running;
    }

    private async Task RunAsync(Func<Task> activity)
    {
        try
        {
            await activity();
        }
        finally
        {
            Volatile.Write(ref _lastMove, _clock.GetTimestamp());
            GiveBack();
            Begin();
        }
    }
}
