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
    private readonly EmbeddedRuntime _host;
    private readonly InstanceHistory _history;
    private readonly Inbox _inbox;
    private readonly Outbox _outbox;
    private readonly ActivityRunner _activities;
    private int _measured;
    private OrchestrationUnavailableException? _stands;

    public Instance(EmbeddedRuntime host, string id, IReadOnlyList<HistoryEvent> history)
    {
        (_host, Id, _history) = (host, id, new InstanceHistory(host, history));
        _inbox = new Inbox(this);
        _outbox = new Outbox(host, this, _inbox);
        _activities = new ActivityRunner(host, this);
        Departure = new Departure(host, this, _inbox, _outbox);
        Trace = InstanceTrace.Of(host.Telemetry.Traces, id, history);
    }

    public string Id { get; }

    /// <summary>The number that the store gave it. It is set before anybody else knows of the instance.</summary>
    public long Number { get; set; }
    public ExecutionStarted Started => _history.Started;

    /// <summary>Its spans; null when its start was not recorded.</summary>
    public InstanceTrace? Trace { get; }

    /// <summary>How it leaves the memory.</summary>
    public Departure Departure { get; }

    /// <summary>The instance as it is on disk; null while its start is not.</summary>
    public CommittedInstance? Shown => _outbox.Shown;

    /// <summary>Completes when the record that brought the instance here is on disk; fails when a start was withdrawn.</summary>
    public Task Durable => _outbox.Durable;
    public Task<CommittedInstance> Completion => _outbox.Completion;

    /// <summary>Its history so far, for the store.</summary>
    public ReadOnlyMemory<byte> Written => _history.Written;

    /// <summary>Its orchestration; null before it has begun, and when this program has none of that name. Only from within the news, as the rest here.</summary>
    public OrchestrationRun? Run { get; private set; }

    /// <summary>True while anything can happen to it: it has not ended, stands still or has left the memory.</summary>
    public bool IsAtWork => _history.End is null && _stands is null && !Departure.IsDone;

    /// <summary>True while the orchestration is held.</summary>
    public bool IsSuspended =>
        Run?.IsSuspended ?? _history.Recorded.LastOrDefault(item => item is ExecutionSuspended or ExecutionResumed) is ExecutionSuspended;

    /// <summary>The time for the next record.</summary>
    public DateTime Now => _history.Now;

    /// <summary>Begins a new instance, or one that was rewound: runs the orchestration up to what its history leaves open.</summary>
    /// <param name="position">The position of the record that brought it here.</param>
    /// <param name="shown">What may be shown until then.</param>
    public void Begin(long position, CommittedInstance? shown = null)
    {
        _outbox.Show(shown);
        Post(() =>
        {
            _inbox.Turn.Position = position;
            _inbox.Turn.MayFlush = IsAlone(activities: 0);
            Replay();
            Settle();
        });
    }

    /// <summary>Takes the instance up again after a restart, before anybody can ask for it.</summary>
    public void Recover() => TakeUp(null, () =>
    {
        foreach (var step in Run?.Open.OfType<ActivityStep>() ?? [])
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
        Departure.Known = rest;
        _outbox.Resume(rest.Standing);
        TakeUp(isDue ? rest.DueAt : null, () =>
        {
            foreach (var step in Run?.Open ?? [])
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
            if (Departure.IsDone)
            {
                // Whoever found it did so just before.
                _ = _host.Instances.AskAsync(Number, change, caller);
                return;
            }
            var item = IsAtWork ? change(this, Now) : null;
            if ((_stands ?? _host.Admission.RefusalOf(item, Run)) is { } refusal)
            {
                caller.SetException(refusal);
                return;
            }
            _inbox.Turn.Answers.Add((caller, IsAtWork ? OrchestrationAnswer.Accepted : OrchestrationAnswer.Ended));
            if (item is not null)
                Record(item);
        });
        return caller.Task;
    }

    /// <summary>It may leave the memory from now on, if it has nothing to do but wait.</summary>
    public void OfferRest() => Departure.Offer();

    /// <summary>Begins a step that is on disk, if it is still awaited.</summary>
    public void BeginStep(OpenStep step)
    {
        if (!Awaits(step))
            return;
        if (step is ActivityStep activity)
            _activities.Begin(activity);
        else if (step is WaitStep wait)
            step.Timer = _host.Timers.Add(wait.DueAt, () => Post(() => Due(wait)), step.Ahead);
    }

    /// <summary>True while the orchestration waits for the step and its result is not recorded: a suspended instance records, and holds back.</summary>
    public bool Awaits(OpenStep step) => IsAtWork && Run is { } run && run.Find(step.Sequence) == step && !run.Holds(step);

    /// <summary>True when this, of all that was under way, ends the program again and again.</summary>
    public bool IsToBlame(int sequence) => _host.Recorder.IsToBlame(Number, sequence, _host.Options.MaxRecoveries);

    /// <summary>Fails the instance because it is what ends the program again and again.</summary>
    public void GiveUp(string what, int times)
    {
        _host.Recorder.Acquit();
        Finish(new ExecutionFailed(Now, ErrorDetails.From(new RepeatedlyInterruptedException(what, times))));
    }

    /// <summary>Takes the news that an activity has ended. What they led to is begun by whoever ran it.</summary>
    public void Report(Action news) => _inbox.TryHandle(() =>
    {
        news();
        if (!_inbox.IsBetweenTurns)
            _inbox.Turn.MayFlush = IsAlone(activities: 1);
    });

    /// <summary>Takes news, and begins the activities that they led to.</summary>
    public void Post(Action news)
    {
        if (_inbox.TryHandle(news))
            _host.Activities.Begin();
    }

    /// <summary>Records what has happened, and lets the orchestration go on. What that leads to begins when it is on disk.</summary>
    public void Record(HistoryEvent item)
    {
        Departure.Known = null;
        if (Trace is { } trace && Run is { } run)
            trace.Apply(run, item);
        else
            Run?.Apply(item);
        if (item is ExecutionEnded end)
            Finish(end);
        else if (Run?.Outcome is { } outcome)
        {
            // The result that ended the orchestration goes to disk with the end, in one record.
            _history.Keep(item);
            Finish(outcome);
        }
        else
        {
            _inbox.Turn.Position = _history.Append(Number, item);
            if (item is ExecutionResumed)
                _inbox.Turn.Steps.AddRange(Run?.Open.OfType<ActivityStep>() ?? []);
            else if (item is AttemptFailed attempt && Run?.Find(attempt.Sequence) is { } again)
                _inbox.Turn.Steps.Add(again);
            if (_history.Refusal is { } refusal)
                Finish(new ExecutionFailed(Now, refusal));
        }
    }

    public void EndTurn(Turn turn)
    {
        if (Run?.CustomStatus?.StepTimes is { } steps)
            _measured = _host.Figures.Count(Started.Name, steps, _measured);
        if (Run is not null && _history.End is null)
            turn.Steps.AddRange(Run.TakeOpened());
        if (turn.Position == 0 && turn.Steps.Count == 0 && Shown is not null)
        {
            _outbox.AddAnswers(turn);
            return;
        }
        turn.Shown = _history.Show(Id, Run, IsSuspended);
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

    /// <summary>True on a thread of the pool while nothing else is under way. Were there more, they would share a flush.</summary>
    /// <param name="activities">How many there are of this instance itself.</param>
    private bool IsAlone(int activities) => _host.Activities.Pending == activities && Thread.CurrentThread.IsThreadPoolThread;

    private void TakeUp(DateTime? dueAt, Action shown) => Post(() =>
    {
        _inbox.Turn.Position = 0;
        var isToBlame = IsToBlame(FlightRecorder.TakingUp);
        if (!isToBlame)
            Replay();
        _outbox.Show(_history.Show(Id, Run, IsSuspended));
        shown();
        if (isToBlame)
            GiveUp("this instance was being resumed", _host.Recorder.Ends);
        Settle();
        foreach (var step in Run?.Open.OfType<ActivityStep>().Where(step => step.NextAt <= dueAt) ?? [])
            step.NextAt = null;
        // What came due meanwhile fires here and now: should what follows end the program, it is known whose it was.
        foreach (var step in Run?.Open.OfType<WaitStep>().Where(step => step.DueAt <= Now || step.DueAt <= dueAt).OrderBy(step => step.DueAt).ToList() ?? [])
            Due(step);
    });

    private void Replay()
    {
        // Without its code an instance waits as it is: a program that has it may take it up another day.
        if (_host.Registry.FindOrchestration(Started.Name) is { } code)
            Run = new OrchestrationRun(Id, code, _host.Registry.Json, _history.Recorded, () => Post(Settle));
        else
            _host.Logger.LogError("Instance {InstanceId} waits: this program has no orchestration {Orchestration}", Id, Started.Name);
        // What is replayed has been counted, when it happened.
        if (_history.Recorded.Count > 1 && Run?.CustomStatus?.StepTimes is { } steps)
            _measured = RuntimeFigures.Ended(steps);
    }

    private void Due(WaitStep step)
    {
        if (Awaits(step))
            Record(new TimerFired(Now > step.DueAt ? Now : step.DueAt, step.Sequence, step.DueAt));
    }

    /// <summary>Ends the instance if its orchestration has ended.</summary>
    private void Settle()
    {
        if (_history.End is null && !Departure.IsDone && Run?.Outcome is { } outcome)
            Finish(outcome);
    }

    private void Finish(ExecutionEnded end)
    {
        _inbox.Turn.Position = _history.Finish(Number, end, Run?.CustomStatus);
        foreach (var step in Run?.Open ?? [])
            step.Timer?.Cancel();
        _activities.Cancel();
    }
}
