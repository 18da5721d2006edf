namespace CallCenter.Runtime.Figures;

/// <summary>The counts of one orchestration, minute by minute; what is older than an hour makes room. From any thread.</summary>
internal sealed class LastHour
{
    /// <summary>How many minutes are told of, the current one among them.</summary>
    public const int Minutes = 60;

    /// <summary>A few more: what is counted a moment late must not take the place of a minute that is told of.</summary>
    private const int Slots = 64;

    private readonly Lock _gate = new();
    private readonly MinuteCounts?[] _slots = new MinuteCounts?[Slots];

    /// <summary>The minutes since the year 1.</summary>
    public static long MinuteOf(DateTime time) => time.Ticks / TimeSpan.TicksPerMinute;

    /// <summary>The counts of a time's minute. What comes for one that has made room already is counted for nobody.</summary>
    public MinuteCounts At(DateTime time) => Find(MinuteOf(time)) ?? Make(MinuteOf(time));

    /// <summary>The counts of a minute; null where nothing was counted.</summary>
    public MinuteCounts? Find(long minute) => Volatile.Read(ref _slots[minute % Slots]) is { } counts && counts.Minute == minute ? counts : null;

    private MinuteCounts Make(long minute)
    {
        lock (_gate)
        {
            var known = _slots[minute % Slots];
            if (known is null || known.Minute < minute)
                Volatile.Write(ref _slots[minute % Slots], known = new MinuteCounts(minute));
            return known.Minute == minute ? known : new MinuteCounts(minute);
        }
    }
}
