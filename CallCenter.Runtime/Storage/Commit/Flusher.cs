namespace CallCenter.Runtime.Storage.Commit;

/// <summary>
/// The one thread that flushes: nothing it does ever waits for the thread pool.
/// In tests it can be the thread that waits, so that each run is the same.
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
        }
        else
        {
            log.OnWanted = RunInline;
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
