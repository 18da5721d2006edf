namespace CallCenter.Runtime.Execution;

/// <summary>
/// When resting instances have to go on by themselves. However many are due at once, they come back some at a time: new cases and callers find the threads, and the
/// places of the activities, free in between.
/// </summary>
/// <param name="host">The runtime.</param>
/// <param name="takeUp">Brings one back.</param>
internal sealed class DueInstances(EmbeddedRuntime host, Action<long> takeUp)
{
    private const int Portion = 32;

    /// <summary>Between two portions, while the activities that the last ones led to are still in line. So the others go on under any load.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly OrderedPlaces _places = new();
    private TimerQueue.Entry? _timer;
    private DateTime _armedFor;
    private bool _isTaking;

    /// <param name="time">When it is due, as <see cref="TimerQueue.Now"/> has it; <see cref="Rest.Never"/> for never.</param>
    /// <param name="number">The instance.</param>
    public void Add(DateTime time, long number)
    {
        if (time == Rest.Never)
            return;
        lock (_gate)
        {
            _places.Add(time.Ticks, number);
            Arm();
        }
    }

    /// <summary>Adds many to none.</summary>
    public void AddRange(List<long> ticks, List<long> numbers)
    {
        lock (_gate)
        {
            _places.AddRange(ticks, numbers);
            Arm();
        }
    }

    public void Remove(DateTime time, long number)
    {
        lock (_gate)
            _places.Remove(time.Ticks, number);
    }

    private void Arm()
    {
        if (_isTaking || _places.First is not var (ticks, _) || _timer is not null && _armedFor.Ticks <= ticks)
            return;
        _timer?.Cancel();
        _armedFor = new DateTime(ticks, DateTimeKind.Utc);
        _timer = host.Timers.Add(_armedFor, Begin, TimeSpan.Zero);
    }

    private void Begin()
    {
        lock (_gate)
        {
            _timer = null;
            if (_isTaking)
                return;
            _isTaking = true;
        }
        Queue();
    }

    private void Queue() => ThreadPool.UnsafeQueueUserWorkItem(static due => due.TakePortion(), this, preferLocal: false);

    private void TakePortion()
    {
        for (var taken = 0; taken < Portion; taken++)
        {
            if (Next() is not { } number)
                return;
            takeUp(number);
        }
        if (host.Activities.Waiting < host.Options.MaxConcurrentActivities)
            Queue();
        else
            host.Timers.Add(host.Now + Pause, Queue);
    }

    private long? Next()
    {
        lock (_gate)
        {
            if (!host.IsStopping && _places.First is var (ticks, number) && ticks <= host.Timers.Now.Ticks)
            {
                _places.Remove(ticks, number);
                return number;
            }
            _isTaking = false;
            Arm();
            return null;
        }
    }
}
