namespace CallCenter.Runtime.Storage.Commit;

/// <summary>
/// The thread that flushes for all who do not do it themselves: nothing it does ever waits for the thread pool.
/// In tests there is none, and whoever waits flushes, so that each run is the same.
/// </summary>
internal sealed class Flusher(CommitLog log, StoreOptions options)
{
    private const int InlineAttempts = 5;
    private readonly Lock _inline = new();
    private Thread? _thread;

    public void Start()
    {
        if (options.OwnThreads)
        {
            _thread = new Thread(Run) { Name = "Journal", IsBackground = true };
            _thread.Start();
            log.OnWanted = FlushIfAlone;
        }
        else
        {
            log.OnWanted = _ => RunInline();
        }
    }

    /// <summary>Flushes what was appended, with one last attempt if the disk fails, and ends.</summary>
    public void Stop()
    {
        log.Close();
        if (_thread is null)
            RunInline();
        else
            _thread.Join();
    }

    /// <summary>
    /// A thread that may flush does when it waits alone: waking another takes as long as a fast disk. Several share a flush, and nobody should begin one a
    /// moment before the others have come.
    /// </summary>
    private void FlushIfAlone(ICommitListener listener)
    {
        if (listener.MayFlush)
            log.FlushOnce(ifAlone: true);
    }

    private void Run()
    {
        for (var failed = 0; ;)
        {
            var isOpen = log.WaitForWork();
            var result = log.FlushOnce();
            if (!isOpen && result != FlushResult.Done)
                return;
            failed = result == FlushResult.Failed ? failed + 1 : 0;
            if (failed > 0)
                log.Pause(options.DelayAfter(failed));
        }
    }

    private void RunInline()
    {
        // Who is told of a commit may wait for the next one.
        if (_inline.IsHeldByCurrentThread)
            return;

        lock (_inline)
        {
            for (var failed = 0; failed < InlineAttempts;)
            {
                var result = log.FlushOnce();
                if (result == FlushResult.Nothing)
                    return;
                if (result == FlushResult.Failed)
                    failed++;
            }
        }
    }
}
