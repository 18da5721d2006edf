namespace CallCenter.Runtime.Execution;

/// <summary>How an instance leaves the memory: when it has nothing to do but wait, nobody watches it, and others have come to rest since.</summary>
/// <param name="host">The runtime.</param>
/// <param name="instance">The instance.</param>
/// <param name="inbox">Its inbox.</param>
/// <param name="outbox">Its outbox.</param>
internal sealed class Departure(EmbeddedRuntime host, Instance instance, Inbox inbox, Outbox outbox)
{
    private const int Gone = -1;
    private int _watchers;
    private bool _isOffered;

    /// <summary>What the store knows of it as one that rests; null when that does not hold any more. Only from within the news.</summary>
    public Rest? Known { get; set; }

    /// <summary>True once it has left. Whoever has it still, asks the runtime for the one that came back.</summary>
    public bool IsDone => Volatile.Read(ref _watchers) == Gone;

    /// <summary>Keeps the instance in memory, for who waits for its end; false when it has left already.</summary>
    public bool TryWatch()
    {
        for (var watchers = Volatile.Read(ref _watchers); watchers != Gone;)
        {
            var before = Interlocked.CompareExchange(ref _watchers, watchers + 1, watchers);
            if (before == watchers)
                return true;
            watchers = before;
        }
        return false;
    }

    public void Unwatch()
    {
        if (Interlocked.Decrement(ref _watchers) == 0)
            instance.Post(Offer);
    }

    /// <summary>It may leave from now on, if it has nothing to do but wait. Only from within the news.</summary>
    public void Offer()
    {
        if (_isOffered || Find() is null)
            return;
        _isOffered = true;
        host.Resting.Offer(instance);
    }

    /// <summary>Leaves, if it still has nothing to do but wait, and nobody watches it.</summary>
    public void Begin() => instance.Post(() =>
    {
        _isOffered = false;
        if (Find() is not var (rest, time) || host.IsStopping || Interlocked.CompareExchange(ref _watchers, Gone, 0) != 0)
            return;
        try
        {
            if (rest != Known)
                host.Store.Rest(instance.Number, rest.ToNote());
        }
        catch
        {
            Volatile.Write(ref _watchers, 0);
            throw;
        }
        foreach (var step in instance.Run!.Open)
            step.Timer?.Cancel();
        host.Resting.Add(instance, rest, time);
        instance.Dispose();
    });

    /// <summary>What is known of the instance when it rests, and when it is due as the timer queue has it; null while it has more to do than wait.</summary>
    private (Rest Known, DateTime Time)? Find()
    {
        if (!instance.IsAtWork || instance.Run is not { Outcome: null } run || !inbox.IsBetweenTurns || !outbox.IsEmpty)
            return null;
        var (dueAt, time) = (Rest.Never, Rest.Never);
        foreach (var step in run.Open)
        {
            if (step is ActivityStep { InFlight: true } || run.Holds(step))
                return null;
            var next = step is WaitStep wait ? wait.DueAt : run.IsSuspended ? Rest.Never : ((ActivityStep)step).NextAt;
            if (next is not { } at || step.Timer is null && at != Rest.Never)
                return null;
            if (at < dueAt)
                (dueAt, time) = (at, step.Timer!.Time);
        }
        return Standing.Of(instance.Shown) is { } standing ? (new Rest(standing, dueAt), time) : null;
    }
}
