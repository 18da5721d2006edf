using CallCenter.Runtime.Storage;

namespace CallCenter.Runtime.Execution;

/// <summary>What leaves an instance: its state, the answers to its callers, the steps that begin. None of that before it is on disk.</summary>
/// <param name="host">The runtime.</param>
/// <param name="owner">The instance.</param>
/// <param name="inbox">Its inbox: a commit is news like any other.</param>
internal sealed class Outbox(EmbeddedRuntime host, Instance owner, Inbox inbox) : ICommitListener
{
    private readonly Queue<Turn> _uncommitted = [];
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CommittedInstance> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Standing? _standing;
    private bool _left;
    private volatile int _flushingThread;
    private volatile CommittedInstance? _shown;

    public CommittedInstance? Shown => _shown;
    public Task Durable => _durable.Task;
    public Task<CommittedInstance> Completion => _completion.Task;

    /// <summary>True when all that has happened is on disk.</summary>
    public bool IsEmpty => _uncommitted.Count == 0;

    /// <summary>True on the thread that adds a turn and may flush it.</summary>
    public bool MayFlush => _flushingThread == Environment.CurrentManagedThreadId;

    /// <summary>It was counted as standing so while it rested.</summary>
    public void Resume(Standing standing) => _standing = standing;

    public void Show(CommittedInstance? shown)
    {
        var standing = Standing.Of(shown);
        host.Unfinished.Move(owner.Started.Name, _standing, standing);
        host.Waiting.Move(owner.Started.Name, owner.Number, _standing, standing);
        (_standing, _shown) = (standing, shown);
    }

    /// <summary>Takes a turn that has ended. It goes out with the commit of its last record; one that recorded nothing, with what is before it.</summary>
    public void Add(Turn turn)
    {
        if (turn.Position == 0 && _uncommitted.Count > 0)
            turn.Position = _uncommitted.Last().Position;
        _uncommitted.Enqueue(turn);
        _flushingThread = turn.MayFlush ? Environment.CurrentManagedThreadId : 0;
        host.Store.NotifyWhenDurable(turn.Position, this);
        _flushingThread = 0;
    }

    /// <summary>Takes a turn that changed nothing: its answers still wait for whatever is on its way to the disk before them.</summary>
    public void AddAnswers(Turn turn)
    {
        if (_uncommitted.Count > 0)
            _uncommitted.Last().Answers.AddRange(turn.Answers);
        else
            turn.Answer();
    }

    /// <summary>Tells who waits for the instance to be on disk that it may never be.</summary>
    public void Fail(Exception failure) => _durable.TrySetException(failure);

    public void OnCommitted(long position)
    {
        // Then this thread is in the inbox already, and looks there again.
        if (MayFlush)
            inbox.TryHandle(() => Commit(position));
        else
            ThreadPool.UnsafeQueueUserWorkItem(static commit => commit.Outbox.Continue(commit.Position), (Outbox: this, Position: position), preferLocal: false);
    }

    private void Continue(long position)
    {
        if (inbox.TryHandle(() => Commit(position)))
            host.Activities.RunNext();
    }

    private void Commit(long position)
    {
        while (_uncommitted.TryPeek(out var turn) && turn.Position <= position)
        {
            _uncommitted.Dequeue();
            Show(turn.Shown);
            _durable.TrySetResult();
            turn.Answer();
            if (turn.Shown!.End is not null && !_left)
            {
                _left = true;
                host.OnEnded(owner);
                _completion.TrySetResult(turn.Shown);
            }
            foreach (var step in turn.Steps)
                owner.BeginStep(step);
        }
        owner.OfferRest();
    }
}
