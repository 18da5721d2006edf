using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Journal;
using CallCenter.Runtime.Storage.Recovery;

namespace CallCenter.Runtime.Storage.Upkeep;

/// <summary>What is done beside the work, one thing after the other: index files for sealed segments, retention, compaction.</summary>
internal sealed class StoreUpkeep(
    StoreOptions options, IFileLayer files, SegmentSet segments, CommitLog log, Expiry expiry, Compactor compactor, object gate, ILogger logger)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public void Start()
    {
        if (options.UpkeepInterval != Timeout.InfiniteTimeSpan)
            _loop = Task.Run(LoopAsync);
    }

    /// <summary>Does all that is to be done now.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        WriteIndexes();
        // Nothing here is worth a word in memory that may never get to the disk.
        if (log.Failure is not null)
            return;

        if (options.Retention is { } retention)
            await expiry.RunAsync(options.Clock.GetUtcNow().UtcDateTime - retention, cancellation);
        while (log.Failure is null && await compactor.RunOnceAsync(cancellation))
        {
            // The next one.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(options.UpkeepInterval, options.Clock, _stop.Token);
                await RunAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                logger.LogError(e, "Maintenance of the journal failed; it will be tried again.");
            }
        }
    }

    private void WriteIndexes()
    {
        List<Segment> missing;
        lock (gate)
        {
            missing = [.. segments.Sealed.Where(segment => !segment.HasIndex)];
        }

        foreach (var segment in missing)
        {
            // One attempt each: without its index a segment is read whole at the next start, no more.
            segment.HasIndex = true;
            try
            {
                SegmentIndexFile.Write(files, options.Folder, segment, SegmentScanner.ReadSealed(segment, options));
            }
            catch (Exception e) when (e is IOException or StoreDamagedException)
            {
                logger.LogWarning(e, "No index could be written for a segment of the journal.");
            }
        }
    }
}
