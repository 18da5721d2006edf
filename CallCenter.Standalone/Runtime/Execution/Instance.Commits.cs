using CallCenter.Workflow;

namespace CallCenter.Standalone.Runtime.Execution;

/// <summary>What an instance does when its records reach the disk, or do not.</summary>
internal sealed partial class Instance
{
    /// <summary>How long a caller should wait when the disk takes nothing.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public void OnCommitted(long position)
    {
        Volatile.Write(ref _committed, position);
        ThreadPool.UnsafeQueueUserWorkItem(static instance => instance.Post(instance.Commit), this, preferLocal: false);
    }

    /// <inheritdoc/>
    public void OnDelayed(long position, Exception failure) =>
        ThreadPool.UnsafeQueueUserWorkItem(static late => late.Instance.Post(() => late.Instance.Delay(late.Failure)), (Instance: this, Failure: failure), preferLocal: false);

    private void Commit()
    {
        var committed = Volatile.Read(ref _committed);
        while (_uncommitted.TryPeek(out var turn) && turn.Position <= committed)
        {
            _uncommitted.Dequeue();
            _shown = turn.Shown;
            _durable.TrySetResult();
            foreach (var (caller, answer) in turn.Answers)
                caller.TrySetResult(answer);
            if (turn.Shown!.End is not null)
            {
                host.OnEnded(this);
                _completion.TrySetResult(turn.Shown);
            }
            foreach (var step in turn.Steps)
                BeginStep(step);
        }
    }

    /// <summary>
    /// The disk takes nothing. A start that nobody was told of is taken back; a running instance waits, and its callers are told
    /// that nothing is certain.
    /// </summary>
    private void Delay(Exception failure)
    {
        var refusal = new OrchestrationUnavailableException($"The journal cannot be written: {failure.Message}", RetryAfter);
        if (!_durable.Task.IsCompleted && _shown is null)
        {
            _end = new History.ExecutionTerminated(Now, null);
            _over.Cancel();
            _uncommitted.Clear();
            host.Store.Purge(Number);
            host.OnEnded(this);
            _durable.SetException(refusal);
        }
        foreach (var turn in _uncommitted)
            turn.Refuse(refusal);
    }
}
