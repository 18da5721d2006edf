namespace CallCenter.Runtime.Execution;

/// <summary>
/// Sees to it that activities which block their threads do not keep the API waiting: while activities run it asks the pool to do nothing, and each time
/// that takes long it doubles the number of threads that the pool keeps at hand. By itself the pool adds one or two a second.
/// </summary>
/// <remarks>Threads to spare cost processor time even if nobody needs them: they wake for work that others have done by then. So there are none before.</remarks>
/// <param name="most">So many threads are enough.</param>
/// <param name="isBusy">Whether activities run.</param>
internal sealed class SpareThreads(int most, Func<bool> isBusy) : IThreadPoolWorkItem
{
    private const int QuietTicks = 100;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private int _watched;
    private volatile bool _answered = true;

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
        for (var quiet = 0; quiet < QuietTicks; quiet = isBusy() ? 0 : quiet + 1)
        {
            if (_answered)
            {
                _answered = false;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
            Thread.Sleep(Tick);
            if (!_answered && !AddThreads())
                return;
        }
        Volatile.Write(ref _watched, 0);
        if (isBusy())
            Watch();
    }

    /// <summary>More threads, and never fewer: what has blocked once will do so again.</summary>
    /// <returns>False when there are as many as there may be.</returns>
    private bool AddThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var io);
        return workers < most && ThreadPool.SetMinThreads(Math.Min(most, 2 * workers), io);
    }
}
