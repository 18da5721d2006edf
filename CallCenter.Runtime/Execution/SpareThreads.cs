namespace CallCenter.Runtime.Execution;

/// <summary>
/// Sees to it that activities which block their threads do not keep the API waiting: while activities run it asks the pool to do nothing, and has it keep
/// more threads at hand when that takes long. By itself the pool adds one or two a second.
/// </summary>
/// <remarks>Threads to spare cost processor time even if nobody needs them: they wake for work that others have done by then. So there are none without need.</remarks>
internal sealed class SpareThreads : IThreadPoolWorkItem
{
    private const int QuietTicks = 100;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private readonly Func<bool> _isBusy;
    private readonly ThreadsAtHand _threads;
    private int _watched;
    private volatile bool _answered = true;

    /// <param name="most">So many threads are enough.</param>
    /// <param name="isBusy">Whether activities run.</param>
    public SpareThreads(int most, Func<bool> isBusy)
    {
        ThreadPool.GetMinThreads(out var workers, out _);
        (_isBusy, _threads) = (isBusy, new ThreadsAtHand(workers, most));
    }

    /// <summary>Called when an activity begins.</summary>
    public void Watch()
    {
        if (Volatile.Read(ref _watched) == 0 && Interlocked.Exchange(ref _watched, 1) == 0)
            new Thread(Run) { IsBackground = true, Name = "Spare threads" }.Start();
    }

    void IThreadPoolWorkItem.Execute() => _answered = true;

    /// <summary>On a thread of its own: one of the pool would wait with all the others.</summary>
    private void Run()
    {
        for (var quiet = 0; quiet < QuietTicks; quiet = _isBusy() ? 0 : quiet + 1)
        {
            if (_answered)
            {
                _answered = false;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
            Thread.Sleep(Tick);
            if (_threads.Look(_answered))
            {
                ThreadPool.GetMinThreads(out _, out var io);
                ThreadPool.SetMinThreads(_threads.Count, io);
            }
        }
        Volatile.Write(ref _watched, 0);
        if (_isBusy())
            Watch();
    }
}
