using CallCenter.Durable.Errors;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Replaying;

/// <summary>
/// Replays a history that names its steps and does not number them, as the management API shows it: each result goes to the step of that name that the code
/// has asked for. What the code has not asked for then is where the two part.
/// </summary>
internal sealed class RecordedRun
{
    private readonly OrchestrationRun _run;
    private readonly List<DateTime> _retryTimers = [];
    private Replay? _difference;
    private ActivityStep? _justFailed;

    public RecordedRun(OrchestrationRegistry registry, OrchestrationRegistry.Orchestration code, string id, ExecutionStarted started) =>
        _run = new OrchestrationRun(id, code, registry.Json, [started], strayed: () => { });

    /// <summary>A task gave its result.</summary>
    public void Complete(string name, ReadOnlyMemory<byte>? input, DateTime at, DateTime startedAt, ReadOnlyMemory<byte> result)
    {
        if (Take(name, input) is { } step)
            _run.Apply(new TaskCompleted(at, step.Sequence, name, step.Input, startedAt, result));
    }

    /// <summary>A task failed: for good, or to be tried again as the code says now.</summary>
    public void Fail(string name, ReadOnlyMemory<byte>? input, DateTime at, DateTime startedAt, ErrorDetails error)
    {
        if (Take(name, input) is not { } step)
            return;
        _justFailed = step;
        var attempt = step.Failures + 1;
        _run.Apply(step.Retry is { } retry && attempt < retry.MaxAttempts
            ? new AttemptFailed(at, step.Sequence, name, attempt, startedAt, error, at + retry.DelayAfter(attempt))
            : new TaskFailed(at, step.Sequence, name, step.Input, startedAt, error, _run.NextSequence));
    }

    /// <summary>A timer was made. The one right behind a failure is its retry's, and no concern of the code.</summary>
    public void CreateTimer(DateTime dueAt)
    {
        if (_justFailed?.Retry is not null)
            _retryTimers.Add(dueAt);
        _justFailed = null;
    }

    /// <summary>A timer came due.</summary>
    public void Fire(DateTime at, DateTime dueAt)
    {
        _justFailed = null;
        if (_difference is not null || _retryTimers.Remove(dueAt))
            return;
        // Where the clock of a turn is not in the history, the code's own time is some milliseconds off.
        var step = _run.Open.OfType<WaitStep>().Where(step => !_run.Holds(step)).MinBy(step => (step.DueAt - dueAt).Duration());
        if (step is null)
            Differ(WaitStep.ATimer);
        else
            _run.Apply(new TimerFired(at, step.Sequence, step.DueAt));
    }

    /// <summary>A task was asked for and has not ended.</summary>
    public void Await(string name)
    {
        if (_difference is null && !_run.Open.OfType<ActivityStep>().Any(step => step.Name == name))
            Differ(ActivityStep.Describe(name));
    }

    /// <summary>Whatever else happened.</summary>
    public void Apply(HistoryEvent item)
    {
        _justFailed = null;
        if (_difference is null)
            _run.Apply(item);
    }

    /// <summary>What came of it.</summary>
    public Replay Verdict(ExecutionEnded? end) => _difference ?? ReplayVerdict.Of(_run, end, byMessage: true);

    private ActivityStep? Take(string name, ReadOnlyMemory<byte>? input)
    {
        _justFailed = null;
        if (_difference is not null)
            return null;
        var open = _run.Open.OfType<ActivityStep>().Where(step => step.Name == name && !_run.Holds(step)).ToList();
        var step = open.Find(step => input is { } wanted && wanted.Span.SequenceEqual(step.Input)) ?? open.FirstOrDefault();
        if (step is null)
            Differ(ActivityStep.Describe(name));
        return step;
    }

    private void Differ(string expected) => _difference = new(
        ReplayOutcome.Diverges, expected, _run.Outcome is null ? $"asked for {ReplayVerdict.Open(_run)}" : "has ended");
}
