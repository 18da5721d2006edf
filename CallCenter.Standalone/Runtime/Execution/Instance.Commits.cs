namespace CallCenter.Standalone.Runtime.Execution;

/// <summary>What an instance does when its records reach the disk.</summary>
internal sealed partial class Instance
{
    /// <inheritdoc/>
    public void OnCommitted(long position) =>
        ThreadPool.UnsafeQueueUserWorkItem(static commit => commit.Instance.Continue(commit.Position), (Instance: this, Position: position), preferLocal: false);

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
            foreach (var step in turn.Steps)
                BeginStep(step);
        }
    }
}
