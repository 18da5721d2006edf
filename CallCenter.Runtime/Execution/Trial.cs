namespace CallCenter.Runtime.Execution;

/// <summary>
/// Begins the activities of which one may have ended the program by halves: the first half now, the others when those have ended, or when
/// they have had their time. Should the program end again, only those under way are left to suspect. So the culprit is found within log2
/// of them ends, and the others do not wait in line for it.
/// </summary>
/// <param name="scheduler">Runs them.</param>
/// <param name="suspects">How many there are.</param>
internal sealed class Trial(ActivityScheduler scheduler, int suspects)
{
    private readonly Lock _gate = new();
    private readonly Queue<(ActivityQueue Queue, Func<Task> Activity)> _held = [];
    private readonly int _half = (suspects + 1) / 2;
    private int _begun;
    private int _running;

    /// <summary>How long the second half is held at most: longer from end to end, so that in the end no culprit takes longer than that.</summary>
    public static TimeSpan HoldFor(int ends) => TimeSpan.FromSeconds(5 << Math.Min(ends, 10));

    /// <summary>Puts a suspect in line, at once or later. Whoever adds one begins what waits afterwards, as with the scheduler itself.</summary>
    public void Add(ActivityQueue queue, Func<Task> activity)
    {
        lock (_gate)
        {
            if (_begun >= _half && _running > 0)
            {
                _held.Enqueue((queue, activity));
                return;
            }
            _begun++;
            _running++;
        }
        scheduler.Add(queue, () => RunAsync(activity));
    }

    public void Release()
    {
        lock (_gate)
        {
            while (_held.TryDequeue(out var held))
            {
                _running++;
                scheduler.Add(held.Queue, () => RunAsync(held.Activity));
            }
        }
        scheduler.Begin();
    }

    private async Task RunAsync(Func<Task> activity)
    {
        try
        {
            await activity();
        }
        finally
        {
            bool isLast;
            lock (_gate)
                isLast = --_running == 0;
            if (isLast)
                Release();
        }
    }
}
