using CallCenter.Runtime.Storage.Commit;

namespace CallCenter.Runtime.Storage.Upkeep;

/// <summary>Purges ended instances that were last updated before a moment.</summary>
internal sealed class Expiry(InstanceReader reader, CommitLog log, Purging purging)
{
    // So many that are kept are looked at in one turn: milliseconds, however many there are.
    private const int MostKept = 64 << 10;

    private long _from;

    /// <summary>
    /// Goes on where the last turn ended, round and round: with a clock that was ahead for a while, what is due may stand anywhere.
    /// Of what is due, all that it comes upon is purged.
    /// </summary>
    public async Task RunAsync(DateTime before, CancellationToken cancellation)
    {
        var kept = 0;
        foreach (var portion in reader.Scan(new InstanceScan(null, IInstanceStore.Ended) { OldestFirst = true, From = _from }))
        {
            long? position = null;
            foreach (var entry in portion.Span)
            {
                if (purging.TryExpire(entry.Number, before) is { } at)
                    position = at;
                else
                    kept++;
            }

            _from = portion.Span[^1].Number + 1;
            if (position is { } last)
                await log.WhenDurableAsync(last, cancellation);
            if (kept >= MostKept)
                return;
        }

        _from = 0;
    }
}
