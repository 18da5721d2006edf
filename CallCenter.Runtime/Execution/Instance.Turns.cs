using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Execution;

/// <summary>How an instance takes its news: one by one, on whichever thread brought them, and all there are in one turn; and what follows when that is on disk.</summary>
internal sealed partial class Instance
{
    private Turn ThisTurn => _turn ??= new Turn();

    private void Post(Action news)
    {
        if (TryHandle(news))
            host.Activities.Begin();
    }

    /// <summary>Handles the news and all that come meanwhile; false when another thread is at it and handles these too.</summary>
    private bool TryHandle(Action news)
    {
        lock (_gate)
        {
            _inbox.Enqueue(news);
            if (_busy)
                return false;
            _busy = true;
        }
        Handle();
        return true;
    }

    private void Handle()
    {
        while (true)
        {
            Action? news;
            lock (_gate)
            {
                if (!_inbox.TryDequeue(out news) && _turn is null)
                {
                    _busy = false;
                    return;
                }
            }
            try
            {
                if (news is null)
                    EndTurn();
                else
                    news();
            }
            catch (Exception failure)
            {
                // A bug of ours, or a store that has been closed. Nothing is recorded over what may be missing now: it goes on after a restart.
                host.Logger.Log(host.IsStopping ? LogLevel.Information : LogLevel.Critical, failure, "Instance {InstanceId} stands still until the next start", Id);
                _stands = new OrchestrationUnavailableException("The instance stands still until the next start of the program; its log says why. What was asked may have been recorded.", TimeSpan.FromSeconds(5));
                _durable.TrySetException(_stands);
                _turn?.Refuse(_stands);
                _turn = null;
            }
        }
    }

    private void EndTurn()
    {
        var turn = _turn!;
        _turn = null;
        if (_run is not null && _end is null)
            turn.Steps.AddRange(_run.TakeOpened());
        if (turn.Position == 0 && turn.Steps.Count == 0 && _shown is not null)
        {
            // Nothing to write. An answer still waits for whatever is on its way to the disk before it.
            if (_uncommitted.TryPeek(out _))
                _uncommitted.Last().Answers.AddRange(turn.Answers);
            else
                turn.Answers.ForEach(answer => answer.Caller.TrySetResult(answer.Answer));
            return;
        }
        turn.Shown = Show();
        if (turn.Position == 0 && _uncommitted.Count > 0)
            turn.Position = _uncommitted.Last().Position;
        _uncommitted.Enqueue(turn);
        host.Store.NotifyWhenDurable(turn.Position, this);
    }

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
            SetShown(turn.Shown);
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

    private void SetShown(CommittedInstance? shown)
    {
        host.Unfinished.Move(Started.Name, _shown, shown);
        _shown = shown;
    }
}
