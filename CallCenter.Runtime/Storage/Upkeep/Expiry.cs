using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Index;

namespace CallCenter.Runtime.Storage.Upkeep;

/// <summary>Purges ended instances that were last updated before a moment.</summary>
internal sealed class Expiry(InstanceTable table, CommitLog log, object gate, Purging purging)
{
    private const int SliceSize = 256;

    // So many that are kept are looked at in one turn: milliseconds, however many there are.
    private const int MostKept = 64 << 10;

    private long _from;

    /// <summary>
    /// Goes on where the last turn ended, round and round: with a clock that was ahead for a while, what is due may stand anywhere.
    /// Of what is due, all that it comes upon is purged.
    /// </summary>
    public async Task RunAsync(DateTime before, CancellationToken cancellation)
    {
        var page = new InstanceEntry[SliceSize];
        for (var kept = 0; kept < MostKept;)
        {
            int copied;
            lock (gate)
            {
                copied = table.Index.CopyOldestFirst(ref _from, page);
            }

            long? position = null;
            foreach (var entry in page.AsSpan(0, copied))
            {
                if (purging.TryExpire(entry.Number, before) is { } at)
                    position = at;
                else
                    kept++;
            }

            if (position is { } last)
                await log.WhenDurableAsync(last, cancellation);
            if (copied == page.Length)
                continue;
            _from = 0;
            return;
        }
    }
}
