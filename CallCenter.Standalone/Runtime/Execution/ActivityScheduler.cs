using System.Collections.Concurrent;

namespace CallCenter.Standalone.Runtime.Execution;

/// <summary>
/// Runs activities, a bounded number at a time. The thread pool is told to keep as many threads at hand, so that activities
/// which block do not keep the API waiting while the pool makes up its mind to grow.
/// </summary>
internal sealed class ActivityScheduler
{
    private readonly ConcurrentQueue<Func<Task>> _waiting = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _limit;
    private int _running;
    private volatile bool _stopped;

    public ActivityScheduler(int limit)
    {
        _limit = limit;
        ThreadPool.GetMinThreads(out var workers, out var io);
        ThreadPool.SetMinThreads(Math.Max(workers, limit + 2 * Environment.ProcessorCount + 2), io);
    }

    /// <summary>How many activities run or wait to run.</summary>
    public int Pending => _waiting.Count + Volatile.Read(ref _running);

    public void Add(Func<Task> activity)
    {
        _waiting.Enqueue(activity);
        Begin();
    }

    /// <summary>Begins nothing more. The task completes when nothing runs any more.</summary>
    public Task StopAsync()
    {
        _stopped = true;
        if (Volatile.Read(ref _running) == 0)
            _idle.TrySetResult();
        return _idle.Task;
    }

    private void Begin()
    {
        while (!_stopped && !_waiting.IsEmpty)
        {
            if (Interlocked.Increment(ref _running) <= _limit && _waiting.TryDequeue(out var activity))
            {
                ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Owner.RunAsync(state.Activity), (Owner: this, Activity: activity), preferLocal: true);
                continue;
            }
            // Whoever gives its place back looks once more, so an activity added meanwhile is not left waiting.
            if (Interlocked.Decrement(ref _running) >= _limit || _waiting.IsEmpty)
                return;
        }
    }

    private async Task RunAsync(Func<Task> activity)
    {
        try
        {
            await activity();
        }
        finally
        {
            if (Interlocked.Decrement(ref _running) == 0 && _stopped)
                _idle.TrySetResult();
            Begin();
        }
    }
}
