using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Figures;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Telemetry;

namespace CallCenter.Runtime.Execution;

/// <summary>
/// An instance that has not ended: takes the news about it one by one, records them, lets the orchestration go on, and begins
/// what that asks for once everything before is on disk.
/// </summary>
/// <remarks>
/// One thread at a time is in here, whichever brought the news: the <see cref="Inbox"/> sees to that. A turn handles all the news there
/// are; its changes become visible, its callers are answered and its steps begin with the commit of its last record, which is what the
/// <see cref="Outbox"/> sees to. docs/architecture.md draws it.
/// </remarks>
internal sealed class Instance : ITurnOwner, IDisposable
{
    /// <summary>All of a history is in memory, and in one record when the instance ends.</summary>
    private const int MaxHistoryBytes = 64 << 20;

    private readonly EmbeddedRuntime _host;
    private readonly IReadOnlyList<HistoryEvent> _history;
    private readonly HistoryWriter _writer = new();
    private readonly Inbox _inbox;
    private readonly Outbox _outbox;
    private readonly ActivityRunner _activities;
    private readonly TimeSpan _layFailed;
    private OrchestrationRun? _run;
    private int _measured;
    private ExecutionEnded? _end;
    private Rest? _rest;
    private bool _isOffered;
    private bool _hasLeft;
    // -1 once it has left the memory.
    private int _watchers;
    private OrchestrationUnavailableException? _stands;

    public Instance(EmbeddedRuntime host, string id, IReadOnlyList<HistoryEvent> history)
    {
        (_host, Id, _history, Started) = (host, id, history, (ExecutionStarted)history[0]);
        _layFailed = Rewinding.LayFailed(history);
        _writer.Write([.. history]);
        _inbox = new Inbox(this);
        _outbox = new Outbox(host, this, _inbox);
        _activities = new ActivityRunner(host, this);
        Trace = InstanceTrace.Of(host.Telemetry.Traces, id, history);
    }

    public string Id { get; }

    /// <summary>The number that the store gave it. It is set before anybody else knows of the instance.</summary>
    public long Number { get; set; }
    public ExecutionStarted Started { get; }

    /// <summary>Its spans; null when its start was not recorded.</summary>
    public InstanceTrace? Trace { get; }

    /// <summary>The instance as it is on disk; null while its start is not.</summary>
    public CommittedInstance? Shown => _outbox.Shown;

    /// <summary>Completes when the record that brought the instance here is on disk; fails when a start was withdrawn.</summary>
    public Task Durable => _outbox.Durable;
    public Task<CommittedInstance> Completion => _outbox.Completion;

    /// <summary>Its history so far, for the store.</summary>
    public ReadOnlyMemory<byte> Written => _writer.Written;

    /// <summary>True while the orchestration is held. Only from within the news.</summary>
    public bool IsSuspended => _run?.IsSuspended ?? _history.LastOrDefault(item => item is ExecutionSuspended or ExecutionResumed) is ExecutionSuspended;

    /// <summary>The time for the next record: never before the last one, whatever happens to the clock.</summary>
    private DateTime Now => _host.Now is var now && now > _writer.LastAt ? now : _writer.LastAt;

    /// <summary>Begins a new instance, or one that was rewound: runs the orchestration up to what its history leaves open.</summary>
    /// <param name="position">The position of the record that brought it here.</param>
    /// <param name="shown">What may be shown until then.</param>
    public void Begin(long position, CommittedInstance? shown = null)
    {
        _outbox.Show(shown);
        Post(() =>
        {
            _inbox.Turn.Position = position;
            Replay();
            Settle();
        });
    }

    /// <summary>Takes the instance up again after a restart, before anybody can ask for it.</summary>
    public void Recover() => TakeUp(null, () =>
    {
        foreach (var step in _run?.Open.OfType<ActivityStep>() ?? [])
        {
            step.IsRetaken = true;
            _host.Telemetry.Activities.CountRetaken(step.Name);
        }
    });

    /// <summary>Takes the instance up again after it has rested. Nobody knows of it before it is shown.</summary>
    /// <param name="rest">What was known of it meanwhile.</param>
    /// <param name="ahead">How far the time of the timer queue was ahead of the clock when it began to wait.</param>
    /// <param name="isDue">True when what it waits for next is due, whatever the clock says.</param>
    /// <param name="shown">Called when it is shown.</param>
    public void Resume(Rest rest, TimeSpan ahead, bool isDue, Action shown)
    {
        _rest = rest;
        _outbox.Resume(rest.Standing);
        TakeUp(isDue ? rest.DueAt : null, () =>
        {
            foreach (var step in _run?.Open ?? [])
                step.Ahead = ahead;
            shown();
        });
    }

    /// <summary>Asks for a change from outside; the answer comes when the change is on disk.</summary>
    /// <param name="change">Makes the event to record, or null when the instance is already as it should be.</param>
    public Task<OrchestrationAnswer> AskAsync(Func<Instance, DateTime, HistoryEvent?> change)
    {
        var caller = new TaskCompletionSource<OrchestrationAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            if (_hasLeft)
            {
                // Whoever found it did so just before.
                _ = _host.AskAsync(Number, change, caller);
                return;
            }
            var item = _end is null && _stands is null ? change(this, Now) : null;
            if ((_stands ?? RefusalOf(item)) is { } refusal)
            {
                caller.SetException(refusal);
                return;
            }
            _inbox.Turn.Answers.Add((caller, _end is null ? OrchestrationAnswer.Accepted : OrchestrationAnswer.Ended));
            if (item is not null)
                Record(item);
        });
        return caller.Task;
    }

    /// <summary>Keeps the instance in memory, for who waits for its <see cref="Completion"/>; false when it has left already.</summary>
    public bool TryWatch()
    {
        for (var watchers = Volatile.Read(ref _watchers); watchers >= 0;)
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
            Post(OfferRest);
    }

    /// <summary>It may leave the memory from now on, if it has nothing to do but wait. Only from within the news.</summary>
    public void OfferRest()
    {
        if (_isOffered || FindRest() is null)
            return;
        _isOffered = true;
        _host.Resting.Offer(this);
    }

    /// <summary>Leaves the memory, if it still has nothing to do but wait, and nobody watches it.</summary>
    public void Leave() => Post(() =>
    {
        _isOffered = false;
        if (FindRest() is not var (rest, time) || _host.IsStopping || Interlocked.CompareExchange(ref _watchers, -1, 0) != 0)
            return;
        try
        {
            if (rest != _rest)
                _host.Store.Rest(Number, rest.ToNote());
        }
        catch
        {
            Volatile.Write(ref _watchers, 0);
            throw;
        }
        _hasLeft = true;
        foreach (var step in _run!.Open)
            step.Timer?.Cancel();
        _host.Resting.Add(this, rest, time);
        Dispose();
    });

    /// <summary>Begins a step that is on disk, if it is still awaited.</summary>
    public void BeginStep(OpenStep step)
    {
        if (!Awaits(step))
            return;
        if (step is ActivityStep activity)
            _activities.Begin(activity);
        else
            BeginWait((WaitStep)step);
    }

    /// <summary>True while the orchestration waits for the step and its result is not recorded: a suspended instance records, and holds back.</summary>
    public bool Awaits(OpenStep step) => _end is null && _stands is null && !_hasLeft && _run is { } run && run.Find(step.Sequence) == step && !run.Holds(step);

    /// <summary>True when this, of all that was under way, ends the program again and again.</summary>
    public bool IsToBlame(int sequence) => _host.Recorder.IsToBlame(Number, sequence, _host.Options.MaxRecoveries);

    /// <summary>Fails the instance because it is what ends the program again and again.</summary>
    public void GiveUp(string what, int times)
    {
        _host.Recorder.Acquit();
        Finish(new ExecutionFailed(Now, ErrorDetails.From(new RepeatedlyInterruptedException(what, times))));
    }

    public void Complete(ActivityStep step, DateTime startedAt, byte[] result)
    {
        if (Awaits(step))
            Record(new TaskCompleted(Now, step.Sequence, step.Name, step.Input, Earlier(startedAt), result));
    }

    public void Fail(ActivityStep step, DateTime startedAt, ErrorDetails error)
    {
        if (!Awaits(step))
            return;
        step.InFlight = false;
        var attempt = step.Failures + 1;
        _host.Logger.LogWarning("Instance {InstanceId}: attempt {Attempt} of {Activity} failed: {Error}", Id, attempt, step.Name, error);
        if (step.Retry is { } retry && attempt < retry.MaxAttempts)
        {
            Record(new AttemptFailed(Now, step.Sequence, step.Name, attempt, Earlier(startedAt), error, Now + retry.DelayAfter(attempt)));
            _inbox.Turn.Steps.Add(step);
        }
        else
            Record(new TaskFailed(Now, step.Sequence, step.Name, step.Input, Earlier(startedAt), error, _run!.NextSequence));
    }

    /// <summary>Takes news, and begins the activities that they led to.</summary>
    public void Post(Action news)
    {
        if (_inbox.TryHandle(news))
            _host.Activities.Begin();
    }

    public void EndTurn(Turn turn)
    {
        if (_run?.CustomStatus?.StepTimes is { } steps)
            _measured = _host.Figures.Count(Started.Name, steps, _measured);
        if (_run is not null && _end is null)
            turn.Steps.AddRange(_run.TakeOpened());
        if (turn.Position == 0 && turn.Steps.Count == 0 && Shown is not null)
        {
            _outbox.AddAnswers(turn);
            return;
        }
        turn.Shown = Show();
        _outbox.Add(turn);
    }

    /// <summary>After a bug of ours, or when the store has been closed. Nothing is recorded over what may be missing now: it goes on after a restart.</summary>
    public Exception StandStill(Exception failure)
    {
        var level = _host.IsStopping ? LogLevel.Information : LogLevel.Critical;
        _host.Logger.Log(level, failure, "Instance {InstanceId} stands still until the next start", Id);
        _stands = new OrchestrationUnavailableException(
            "The instance stands still until the next start of the program; its log says why. The request may have been recorded.",
            TimeSpan.FromSeconds(5));
        _outbox.Fail(_stands);
        return _stands;
    }

    public void Dispose() => _activities.Dispose();

    private void Replay()
    {
        // Without its code an instance waits as it is: a program that has it may take it up another day.
        if (_host.Registry.FindOrchestration(Started.Name) is { } code)
            _run = new OrchestrationRun(Id, code, _host.Registry.Json, _history, () => Post(Settle));
        else
            _host.Logger.LogError("Instance {InstanceId} waits: this program has no orchestration {Orchestration}", Id, Started.Name);
        // What is replayed has been counted, when it happened.
        if (_history.Count > 1 && _run?.CustomStatus?.StepTimes is { } steps)
            _measured = RuntimeFigures.Ended(steps);
    }

    private void TakeUp(DateTime? dueAt, Action shown) => Post(() =>
    {
        _inbox.Turn.Position = 0;
        var isToBlame = IsToBlame(FlightRecorder.TakingUp);
        if (!isToBlame)
            Replay();
        _outbox.Show(Show());
        shown();
        if (isToBlame)
            GiveUp("this instance was being resumed", _host.Recorder.Ends);
        Settle();
        foreach (var step in _run?.Open.OfType<ActivityStep>().Where(step => step.NextAt <= dueAt) ?? [])
            step.NextAt = null;
        // What came due meanwhile fires here and now: should what follows end the program, it is known whose it was.
        foreach (var step in _run?.Open.OfType<WaitStep>().Where(step => step.DueAt <= Now || step.DueAt <= dueAt).OrderBy(step => step.DueAt).ToList() ?? [])
            Due(step);
    });

    /// <summary>What is known of the instance when it rests, and when it is due as the timer queue has it; null while it has more to do than wait.</summary>
    private (Rest Known, DateTime Time)? FindRest()
    {
        if (_end is not null || _stands is not null || _hasLeft || _run is not { Outcome: null } run || !_inbox.IsBetweenTurns || !_outbox.IsEmpty)
            return null;
        var (dueAt, time) = (Rest.Never, Rest.Never);
        foreach (var step in run.Open)
        {
            if (step is ActivityStep { InFlight: true } || run.Holds(step))
                return null;
            var next = step is WaitStep wait ? wait.DueAt : IsSuspended ? Rest.Never : ((ActivityStep)step).NextAt;
            if (next is not { } at || step.Timer is null && at != Rest.Never)
                return null;
            if (at < dueAt)
                (dueAt, time) = (at, step.Timer!.Time);
        }
        return Standing.Of(Shown) is { } standing ? (new Rest(standing, dueAt), time) : null;
    }

    private void Record(HistoryEvent item)
    {
        _rest = null;
        if (Trace is { } trace && _run is { } run)
            trace.Apply(run, item);
        else
            _run?.Apply(item);
        if (item is ExecutionEnded end)
            Finish(end);
        else if (_run?.Outcome is { } outcome)
        {
            // The result that ended the orchestration goes to disk with the end, in one record.
            _writer.Write(item);
            Finish(outcome);
        }
        else
        {
            _inbox.Turn.Position = _host.Store.Append(Number, _writer.Write(item));
            if (item is ExecutionResumed)
                _inbox.Turn.Steps.AddRange(_run?.Open.OfType<ActivityStep>() ?? []);
            if (_writer.Events >= _host.Options.MaxHistoryEvents || _writer.Written.Length >= MaxHistoryBytes)
                Finish(new ExecutionFailed(Now, ErrorDetails.From(new HistoryTooLongException(_writer.Events, _writer.Written.Length))));
        }
    }

    /// <summary>Ends the instance if its orchestration has ended.</summary>
    private void Settle()
    {
        if (_end is null && !_hasLeft && _run?.Outcome is { } outcome)
            Finish(outcome);
    }

    private void Finish(ExecutionEnded end)
    {
        _end = end with { At = Now };
        _writer.Write(_end);
        if (_run?.CustomStatus is { } status)
            _writer.Write(new CustomStatusKept(_end.At, status.Json));
        _inbox.Turn.Position = _host.Store.Finish(Number, _end.Status, _end.At, _writer.Written.Span);
        foreach (var step in _run?.Open ?? [])
            step.Timer?.Cancel();
        _activities.Cancel();
    }

    private CommittedInstance Show() => new(
        Id,
        Started,
        _end?.Status ?? (IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running),
        _writer.LastAt,
        _run?.CustomStatus,
        _end,
        _writer.Written,
        _end is null && _run is not null ? [.. _run.Open.OfType<ActivityStep>()] : [])
    {
        LayFailed = _layFailed,
    };

    private void BeginWait(WaitStep step) => step.Timer = _host.Timers.Add(step.DueAt, () => Post(() => Due(step)), step.Ahead);

    private void Due(WaitStep step)
    {
        if (Awaits(step))
            Record(new TimerFired(Now > step.DueAt ? Now : step.DueAt, step.Sequence, step.DueAt));
    }

    /// <summary>Why an event cannot be taken, if so: what nobody awaits is kept, and there is an end to that.</summary>
    private OrchestrationUnavailableException? RefusalOf(HistoryEvent? item) =>
        item is EventRaised raised && _run is not null && !_run.Awaits(raised) && _run.KeptEvents >= _host.Options.MaxKeptEvents
            ? new(
                $"{_host.Options.MaxKeptEvents} events that this instance does not await yet are already kept for it (CallCenter:MaxKeptEvents).",
                TimeSpan.FromSeconds(10))
            : null;

    private DateTime Earlier(DateTime startedAt) => startedAt < Now ? startedAt : Now;
}
