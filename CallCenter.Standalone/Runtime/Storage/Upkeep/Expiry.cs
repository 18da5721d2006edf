namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>Purges ended instances that were last updated before a moment.</summary>
internal sealed class Expiry(InstanceTable table, CommitLog log, object gate, Func<long, DateTime, long?> tryExpire)
{
    private const int SliceSize = 256;

    /// <summary>Looks from the oldest instance up to the first that was created after the moment: no later one can be due.</summary>
    public async Task RunAsync(DateTime before, CancellationToken cancellation)
    {
        var page = new InstanceEntry[SliceSize];
        for (var from = 0L; ;)
        {
            int copied;
            lock (gate)
            {
                copied = table.Index.CopyOldestFirst(ref from, page);
            }

            long? position = null;
            foreach (var entry in page.AsSpan(0, copied)) position = tryExpire(entry.Number, before) ?? position;
            if (position is { } last) await log.WhenDurableAsync(last, cancellation);
            if (copied < page.Length || page[copied - 1].CreatedAt > before) return;
        }
    }
}
