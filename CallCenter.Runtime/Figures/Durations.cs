namespace CallCenter.Runtime.Figures;

/// <summary>How long something took, many times: counted in buckets, each a fifth wider than the one before. The same room, however many there were.</summary>
internal sealed class Durations
{
    /// <summary>The last bucket begins at 35 days.</summary>
    private const int Buckets = 128;
    private const int BucketsPerDoubling = 4;
    private readonly int[] _counts = new int[Buckets];

    /// <summary>Counts one. From any thread.</summary>
    public void Add(TimeSpan time) => Interlocked.Increment(ref _counts[BucketOf(time)]);

    /// <summary>Adds these to others.</summary>
    public void AddTo(Durations others)
    {
        for (var i = 0; i < Buckets; i++)
            others._counts[i] += Volatile.Read(ref _counts[i]);
    }

    /// <summary>How many there were.</summary>
    public long Count => _counts.Sum(count => (long)count);

    /// <summary>What so great a share of them did not exceed, to within a tenth.</summary>
    /// <param name="share">0 to 1.</param>
    public TimeSpan Percentile(double share)
    {
        var left = Math.Max(1, (long)Math.Ceiling(share * Count));
        for (var i = 0; i < Buckets; i++)
        {
            left -= _counts[i];
            if (left <= 0)
                return MiddleOf(i);
        }
        return TimeSpan.Zero;
    }

    private static int BucketOf(TimeSpan time) =>
        time.TotalMilliseconds < 1 ? 0 : Math.Min(Buckets - 1, 1 + (int)(Math.Log2(time.TotalMilliseconds) * BucketsPerDoubling));

    private static TimeSpan MiddleOf(int bucket) =>
        bucket == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Pow(2, (bucket - 0.5) / BucketsPerDoubling));
}
