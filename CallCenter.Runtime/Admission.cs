using CallCenter.Durable.Seams;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;

namespace CallCenter.Runtime;

/// <summary>What is taken in from outside, and what is refused, so that nobody can make the program hold more than it was told to. A refusal names its setting.</summary>
/// <param name="host">The runtime.</param>
internal sealed class Admission(EmbeddedRuntime host)
{
    private int _starting;
    private int _unfinished;

    /// <summary>How many were found unfinished when the program was started.</summary>
    public void Recovered(int unfinished) => _unfinished = unfinished;

    /// <summary>Takes a start in, if there is room for it.</summary>
    /// <returns>To be disposed when the start is on disk, or has come to nothing.</returns>
    /// <exception cref="OrchestrationUnavailableException">There is too much already, the disk takes nothing, or the program is ending.</exception>
    public Start BeginStart()
    {
        RequireRoom();
        Interlocked.Increment(ref _starting);
        return new(this);
    }

    /// <inheritdoc cref="BeginStart"/>
    public void RequireRoom()
    {
        if (RefusalOfStart() is not var (reason, refusal))
            return;
        host.Telemetry.Orchestrations.CountRefusal(reason);
        throw refusal;
    }

    /// <summary>There is one more that has not ended.</summary>
    public void Add() => Interlocked.Increment(ref _unfinished);

    /// <summary>It has ended.</summary>
    public void Remove() => Interlocked.Decrement(ref _unfinished);

    /// <summary>Refuses what comes from outside while the disk takes nothing: it could only be done later, when its caller has gone.</summary>
    /// <param name="givesRoomBack">True for what may be done while only the room for the next segment is missing.</param>
    /// <exception cref="OrchestrationUnavailableException">The disk is full or fails.</exception>
    public void RequireDisk(bool givesRoomBack = false)
    {
        if ((givesRoomBack ? host.Store.WriteFailure : host.Store.Failure) is { } failure)
            throw Unwritable.Refusal(failure, TimeSpan.FromSeconds(5));
    }

    /// <summary>Why something cannot be taken by an instance, if so: events that nobody awaits are kept, and there is an end to that.</summary>
    public OrchestrationUnavailableException? RefusalOf(HistoryEvent? item, OrchestrationRun? run) =>
        item is EventRaised raised && run is not null && !run.Awaits(raised) && run.KeptEvents >= host.Options.MaxKeptEvents
            ? new(
                $"{host.Options.MaxKeptEvents} events that this instance does not await yet are already kept for it (CallCenter:MaxKeptEvents).",
                TimeSpan.FromSeconds(10))
            : null;

    private (string Reason, OrchestrationUnavailableException Refusal)? RefusalOfStart()
    {
        if (host.IsStopping)
            return ("stopping", new("This program is shutting down. Try again once it has been restarted.", TimeSpan.FromSeconds(5)));
        if (host.Store.Failure is { } failure)
            return ("disk", Unwritable.Refusal(failure, TimeSpan.FromSeconds(5)));
        if (host.Activities.Pending + Volatile.Read(ref _starting) >= host.Options.MaxPending)
            return ("overload", new($"{host.Options.MaxPending} pieces of work are already waiting (CallCenter:MaxPending).", TimeSpan.FromSeconds(2)));
        if (Volatile.Read(ref _unfinished) >= host.Options.MaxUnfinished)
        {
            return ("unfinished", new(
                $"{host.Options.MaxUnfinished} instances have not ended yet, and no more may be open (CallCenter:MaxUnfinished).",
                TimeSpan.FromSeconds(30)));
        }
        return null;
    }

    /// <summary>A start that is not on disk.</summary>
    public readonly struct Start(Admission owner) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref owner._starting);
    }
}
