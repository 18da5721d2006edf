namespace CallCenter.Runtime.Execution;

/// <summary>
/// Runs activities, a bounded number at a time, and of each name no more than that has a limit. A free place goes to the name that holds the fewest;
/// among equals they take turns.
/// </summary>
internal sealed class ActivityScheduler
{
    private static readonly TimeSpan StalledAfter = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ActivityQueue> _queues = [];
    private readonly ActivityQueue _unknown;
    // Those that are ready, each once; who was served goes to the end.
    private readonly List<ActivityQueue> _ready = [];
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _limit;
    private readonly TimeProvider _clock;
    private readonly SpareThreads _spare;
    private long _lastMove;
    private int _waiting;
    private int _running;
    private bool _open;
    private bool _stopped;

    public ActivityScheduler(OrchestrationRegistry registry, RuntimeOptions options, TimeProvider clock)
    {
        (_limit, _clock, _lastMove) = (options.MaxConcurrentActivities, clock, clock.GetTimestamp());
        foreach (var (name, code) in registry.Activities)
            _queues.Add(name, new(name, code, options.MaxConcurrentActivitiesOf.GetValueOrDefault(name, _limit)));
        _unknown = new("unknown", null, _limit);
        _spare = new SpareThreads(_limit + 2 * Environment.ProcessorCount + 2, () => Running > 0);
    }

    public int Pending => Waiting + Running;
    public int Waiting => Volatile.Read(ref _waiting);
    public int Running => Volatile.Read(ref _running);

    /// <summary>By name.</summary>
    public IReadOnlyCollection<ActivityQueue> Queues => _queues.Values;

    /// <summary>True when all places have been taken for a minute by the same activities.</summary>
    public bool IsStalled => Running >= _limit && _clock.GetElapsedTime(Volatile.Read(ref _lastMove)) > StalledAfter;

    /// <summary>Where the activities of a name stand in line.</summary>
    public ActivityQueue QueueOf(string name) => _queues.GetValueOrDefault(name, _unknown);

    /// <summary>Begins what has been added, and from now on whatever is.</summary>
    public void Open()
    {
        lock (_gate)
            _open = true;
        Begin();
    }

    /// <summary>Puts an activity in line. Whoever adds one calls <see cref="Begin"/> or <see cref="RunNext"/> afterwards.</summary>
    public void Add(ActivityQueue queue, Func<Task> activity)
    {
        lock (_gate)
        {
            var wasReady = queue.IsReady;
            queue.Add(activity);
            _waiting++;
            if (!wasReady && queue.IsReady)
                _ready.Add(queue);
        }
    }

    /// <summary>Begins what waits, on threads of the pool.</summary>
    public void Begin()
    {
        while (Take() is var (queue, activity))
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static state => state.Owner.Run(state.Queue, state.Activity), (Owner: this, Queue: queue, Activity: activity), preferLocal: true);
        }
    }

    /// <summary>
    /// The same, and runs the first of it on this thread, which must belong to the pool and have nothing else to do:
    /// waking another costs more than most activities do.
    /// </summary>
    public void RunNext()
    {
        var first = Take();
        Begin();
        if (first is var (queue, activity))
            Run(queue, activity);
    }

    /// <summary>Begins nothing more. The task completes when nothing runs any more.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopped = true;
            if (_running == 0)
                _idle.TrySetResult();
        }
        return _idle.Task;
    }

    /// <summary>The next activity, with a place to run in; null when there is none of either.</summary>
    private (ActivityQueue Queue, Func<Task> Activity)? Take()
    {
        // Whoever gives a place back looks afterwards, so what is added meanwhile is not left waiting.
        if (Waiting == 0)
            return null;
        (ActivityQueue, Func<Task>) next;
        lock (_gate)
        {
            if (!_open || _stopped || _running >= _limit || _ready.Count == 0)
                return null;
            var at = 0;
            for (var i = 1; i < _ready.Count; i++)
            {
                if (_ready[i].Running < _ready[at].Running)
                    at = i;
            }
            var queue = _ready[at];
            _ready.RemoveAt(at);
            next = (queue, queue.Take());
            if (queue.IsReady)
                _ready.Add(queue);
            _waiting--;
            _running++;
        }
        Volatile.Write(ref _lastMove, _clock.GetTimestamp());
        _spare.Watch();
        return next;
    }

    private void GiveBack(ActivityQueue queue)
    {
        lock (_gate)
        {
            var wasReady = queue.IsReady;
            queue.GiveBack();
            if (!wasReady && queue.IsReady)
                _ready.Add(queue);
            if (--_running == 0 && _stopped)
                _idle.TrySetResult();
        }
    }

    /// <summary>Runs an activity, and then what it led to, as long as nothing else is in line: others have their turn with the pool.</summary>
    private void Run(ActivityQueue queue, Func<Task> activity)
    {
        while (RunAsync(queue, activity).IsCompleted)
        {
            if (Waiting != 1 || Take() is not var (next, following))
            {
                Begin();
                return;
            }
            (queue, activity) = (next, following);
        }
    }

    private async Task RunAsync(ActivityQueue queue, Func<Task> activity)
    {
        var isHere = true;
        try
        {
            var run = activity();
            isHere = run.IsCompleted;
            await run;
        }
        finally
        {
            Volatile.Write(ref _lastMove, _clock.GetTimestamp());
            GiveBack(queue);
            if (!isHere)
                Begin();
        }
    }
}
