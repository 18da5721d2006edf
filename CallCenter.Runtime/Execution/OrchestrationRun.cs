using CallCenter.Durable.Errors;
using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Execution;

/// <summary>
/// One orchestration, driven by its history and nothing else: the same events in the same order give the same state.
/// </summary>
internal sealed class OrchestrationRun
{
    private readonly OrchestrationRegistry.Orchestration _orchestration;
    private readonly OrchestrationContext _context;
    private readonly Queue<HistoryEvent> _held = [];
    private Task<byte[]>? _code;

    /// <param name="instanceId">The instance.</param>
    /// <param name="orchestration">Its code.</param>
    /// <param name="json">Writes and reads its payloads.</param>
    /// <param name="history">What is to be replayed; empty for a new instance.</param>
    /// <param name="strayed">Called when the code did something outside of a turn, which ends the run.</param>
    public OrchestrationRun(
        string instanceId, OrchestrationRegistry.Orchestration orchestration, RuntimeJson json, IReadOnlyList<HistoryEvent> history, Action strayed)
    {
        (_orchestration, _context) = (orchestration, new OrchestrationContext(instanceId, json, strayed));
        foreach (var item in history)
        {
            if (item is StepEvent step)
                _context.Expect(step.Sequence, Describe(step));
            else if (item is AttemptFailed attempt)
                _context.Expect(attempt.Sequence, ActivityStep.Describe(attempt.Name));
        }
        foreach (var item in history)
            Apply(item);
    }

    /// <summary>True while results and events are held back.</summary>
    public bool IsSuspended { get; private set; }
    public PublishedStatus? CustomStatus => _context.CustomStatus;
    public IReadOnlyList<OpenStep> Open => _context.Open;
    public int NextSequence => _context.NextSequence;

    /// <summary>Why the run cannot go on, whatever its code makes of it; null when it can.</summary>
    public Exception? Fatal => _context.Fatal;

    /// <summary>How the code ended; null while it runs. The time is the caller's to set.</summary>
    public ExecutionEnded? Outcome
    {
        get
        {
            if (_context.Fatal is { } fatal)
                return new ExecutionFailed(_context.CurrentUtcDateTime, ErrorDetails.From(fatal));
            if (_code is not { IsCompleted: true })
                return null;
            return _code.IsCompletedSuccessfully
                ? new ExecutionCompleted(_context.CurrentUtcDateTime, _code.Result)
                : new ExecutionFailed(_context.CurrentUtcDateTime, ErrorDetails.From(_code.Exception?.InnerException ?? new TaskCanceledException(_code)));
        }
    }

    /// <summary>The steps asked for since the last call, which now have to be begun.</summary>
    public IReadOnlyList<OpenStep> TakeOpened()
    {
        if (_context.Opened.Count == 0)
            return [];
        OpenStep[] opened = [.. _context.Opened];
        _context.Opened.Clear();
        return opened;
    }

    /// <summary>External events that have arrived and that the orchestration has not taken.</summary>
    public int KeptEvents => _context.KeptEvents + _held.Count(item => item is EventRaised);

    public OpenStep? Find(int sequence) => _context.Find(sequence);

    /// <summary>True when the orchestration takes the event as soon as it is told of it.</summary>
    public bool Awaits(EventRaised raised) => !IsSuspended && _context.FindWait(raised.Name) is not null;

    /// <summary>True when the step's result has arrived and waits for the orchestration to be resumed.</summary>
    public bool Holds(OpenStep step) => _held.Any(item => item is StepEvent held && held.Sequence == step.Sequence);

    public void Apply(HistoryEvent item)
    {
        switch (item)
        {
            case ExecutionSuspended:
                IsSuspended = true;
                break;
            case ExecutionResumed:
                IsSuspended = false;
                while (_held.TryDequeue(out var held))
                    Deliver(held, item.At);
                break;
            case ExecutionStarted or StepEvent or EventRaised when IsSuspended:
                _held.Enqueue(item);
                break;
            default:
                Deliver(item, item.At);
                break;
        }
    }

    private void Deliver(HistoryEvent item, DateTime now)
    {
        _context.CurrentUtcDateTime = now;
        _context.Turn(() => Deliver(item));
        // Nothing of ours can ever wake it any more.
        if (Outcome is null && _code is not null && _context.Open.Count == 0)
            _context.Stray();
    }

    private void Deliver(HistoryEvent item)
    {
        switch (item)
        {
            case ExecutionStarted started:
                _code = RunAsync(started).Unwrap();
                break;
            case StepEvent early when early.Sequence >= NextSequence:
                _context.Break(new NonDeterministicOrchestrationException(early.Sequence, Describe(early), "nothing"));
                break;
            case EventRaised raised:
                _context.Raise(raised);
                break;
            case TaskCompleted done when Take<ActivityStep>(done.Sequence) is { } step:
                step.Complete(done.Result);
                break;
            case TaskFailed failed when Take<ActivityStep>(failed.Sequence) is { } step:
                step.Fail(failed.Error);
                break;
            case TimerFired fired when Take<WaitStep>(fired.Sequence) is { } step:
                step.Fire();
                break;
            case AttemptFailed attempt when _context.Find(attempt.Sequence) is ActivityStep step:
                (step.Failures, step.NextAt) = (attempt.Attempt, attempt.NextAt);
                break;
        }
    }

    /// <summary>How the code ended is not thrown once more on the way: that costs more than a step, in each layer.</summary>
    private async Task<Task<byte[]>> RunAsync(ExecutionStarted started)
    {
        var code = _orchestration(_context, started.Input);
        await ((Task)code).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _context.End();
        return code;
    }

    private TStep? Take<TStep>(int sequence)
        where TStep : OpenStep
    {
        if (_context.Find(sequence) is not TStep step)
            return null;
        _context.Close(step);
        return step;
    }

    private static string Describe(StepEvent item) => item switch
    {
        TaskCompleted done => ActivityStep.Describe(done.Name),
        TaskFailed failed => ActivityStep.Describe(failed.Name),
        _ => WaitStep.ATimer,
    };
}
