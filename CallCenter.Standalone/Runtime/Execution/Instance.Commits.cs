using CallCenter.Workflow;

namespace CallCenter.Standalone.Runtime.Execution;

/// <summary>What an instance does when its records reach the disk, or do not.</summary>
internal sealed partial class Instance
{
    /// <summary>How long a caller should wait when the disk takes nothing.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public void OnCommitted(long position) =>
        ThreadPool.UnsafeQueueUserWorkItem(static commit => commit.Instance.Continue(commit.Position), (Instance: this, Position: position), preferLocal: false);

    /// <inheritdoc/>
    public void OnDelayed(long position, Exception failure) =>
        ThreadPool.UnsafeQueueUserWorkItem(static late => late.Instance.Post(() => late.Instance.Delay(late.Failure)), (Instance: this, Failure: failure), preferLocal: false);

    private void Continue(long position)
    {
        if (TryHandle(() => Commit(position)))
            host.Activities.RunNext();
    }

    private void Commit(long position)
    {
        while (_uncommitted.TryPeek(out var turn) && turn.Position <= position)
        {
            _uncommitted.Dequeue();
            CrashPoint.Pass(CrashPoint.Committed, Id);
            _shown = turn.Shown;
            _durable.TrySetResult();
            foreach (var (caller, answer) in turn.Answers)
                caller.TrySetResult(answer);
            if (turn.Shown!.End is not null && !_left)
            {
                _left = true;
                host.OnEnded(this);
                _completion.TrySetResult(turn.Shown);
            }
            turn.Retaken.ForEach(begun => begun.TrySetResult(true));
            foreach (var step in turn.Steps)
                BeginStep(step);
            CrashPoint.Pass(CrashPoint.Dispatched, Id);
        }
    }

    /// <summary>
    /// The disk takes nothing. A start that nobody was told of is taken back; what replaces or goes on from an ended instance
    /// is not, or that would be lost with it. A running instance waits, and its callers are told that nothing is certain.
    /// </summary>
    private void Delay(Exception failure)
    {
        if (_shown is null && !_left)
        {
            (_left, _end) = (true, new History.ExecutionTerminated(Now, null));
            CancelActivities();
            _uncommitted.Clear();
            host.Store.Purge(Number);
            host.OnEnded(this);
        }
        Refuse(new OrchestrationUnavailableException($"The journal cannot be written: {failure.Message}", RetryAfter));
    }

    private void Refuse(OrchestrationUnavailableException refusal)
    {
        _durable.TrySetException(refusal);
        _turn?.Refuse(refusal);
        foreach (var turn in _uncommitted)
            turn.Refuse(refusal);
    }
}
