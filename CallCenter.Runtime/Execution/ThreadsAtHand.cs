namespace CallCenter.Runtime.Execution;

/// <summary>
/// How many threads the pool keeps at hand: twice as many each time that it was late, and half as many when it has been in time for a while. Each time that this
/// was too few, the next while is twice as long.
/// </summary>
/// <param name="fewest">So many at the beginning, and never fewer.</param>
/// <param name="most">So many are enough.</param>
internal sealed class ThreadsAtHand(int fewest, int most)
{
    /// <summary>The first while, in looks: ten seconds.</summary>
    public const int FirstPatience = 200;

    /// <summary>An hour.</summary>
    private const int LongestPatience = 72_000;

    private readonly int _fewest = fewest;
    private readonly int _most = Math.Max(fewest, most);
    private int _patience = FirstPatience;
    private int _inTime;
    private bool _isTrying;

    public int Count { get; private set; } = fewest;

    /// <summary>Takes notice of how it is; called every 50 ms.</summary>
    /// <returns>True when it should be another number from now on.</returns>
    public bool Look(bool inTime)
    {
        var before = Count;
        if (!inTime)
        {
            if (_isTrying)
                _patience = Math.Min(LongestPatience, 2 * _patience);
            (_inTime, _isTrying) = (0, false);
            Count = Math.Min(_most, 2 * Count);
        }
        else if (++_inTime >= _patience && Count > _fewest)
        {
            (_inTime, _isTrying) = (0, true);
            Count = Math.Max(_fewest, Count / 2);
        }
        return Count != before;
    }
}
