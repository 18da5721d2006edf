using CallCenter.Standalone.Runtime.History;
using CallCenter.Workflow;

namespace CallCenter.Standalone.Runtime.Execution;

/// <summary>
/// One orchestration, driven by its history and nothing else: the same events in the same order give the same state.
/// </summary>
internal sealed class OrchestrationRun
{
    private readonly OrchestrationRegistry.Orchestration _orchestration;
    private readonly OrchestrationContext _context;
    private readonly Queue<HistoryEvent> _held = [];
    private readonly Action<Task> _strayed;
    private Task<byte[]>? _code;

    /// <param name="instanceId">The instance.</param>
    /// <param name="orchestration">Its code.</param>
    /// <param name="history">What is to be replayed; empty for a new instance.</param>
    /// <param name="strayed">Called when the code has ended outside of a turn, which it must not.</param>
    public OrchestrationRun(string instanceId, OrchestrationRegistry.Orchestration orchestration, IReadOnlyList<HistoryEvent> history, Action<Task> strayed)
    {
        (_orchestration, _context, _strayed) = (orchestration, new OrchestrationContext(instanceId), strayed);
        foreach (var item in history)
        {
            if (item is TaskCompleted or TaskFailed or AttemptFailed)
                _context.Expect(SequenceOf(item), ActivityStep.Describe(item is AttemptFailed attempt ? attempt.Name : NameOf(item)));
            else if (item is TimerFired fired)
                _context.Expect(fired.Sequence, WaitStep.ATimer);
        }
        foreach (var item in history)
            Apply(item);
        if (Outcome is null && !IsSuspended && Missing(history) is { } missing)
            _context.Break(missing);
    }

    /// <summary>True while results and events are held back.</summary>
    public bool IsSuspended { get; private set; }

    public byte[]? CustomStatus => _context.CustomStatus;

    public IReadOnlyList<OpenStep> Open => _context.Open;

    public int NextSequence => _context.NextSequence;

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

    public OpenStep? Find(int sequence) => _context.Find(sequence);

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
    }

    private void Deliver(HistoryEvent item)
    {
        switch (item)
        {
            case ExecutionStarted started:
                _code = _orchestration(_context, started.Input);
                if (!_code.IsCompleted)
                    _ = _code.ContinueWith(_strayed, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
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
                (step.Failures, step.NextAt, step.Retaken) = (attempt.Attempt, attempt.NextAt, 0);
                break;
            case TaskRetaken retaken when _context.Find(retaken.Sequence) is ActivityStep step:
                step.Retaken++;
                break;
        }
    }

    private TStep? Take<TStep>(int sequence)
        where TStep : OpenStep
    {
        if (_context.Find(sequence) is not TStep step)
            return null;
        _context.Close(step);
        return step;
    }

    /// <summary>A replay that leaves recorded steps over means that the code has not asked for them.</summary>
    private NonDeterministicOrchestrationException? Missing(IReadOnlyList<HistoryEvent> history)
    {
        foreach (var item in history)
        {
            if (item is StepEvent step && step.Sequence >= NextSequence)
                return new(step.Sequence, item is TimerFired ? WaitStep.ATimer : ActivityStep.Describe(NameOf(item)), "nothing");
        }
        return null;
    }

    private static int SequenceOf(HistoryEvent item) => item is AttemptFailed attempt ? attempt.Sequence : ((StepEvent)item).Sequence;

    private static string NameOf(HistoryEvent item) => item is TaskCompleted done ? done.Name : ((TaskFailed)item).Name;
}
