namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>Waits for a position as a task, however long it takes.</summary>
internal sealed class DurableWaiter : ICommitListener
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits for one position.</summary>
    public static Task WaitAsync(IInstanceStore store, long position)
    {
        var waiter = new DurableWaiter();
        store.NotifyWhenDurable(position, waiter);
        return waiter.Committed;
    }

    /// <summary>Done when the position is durable.</summary>
    public Task Committed => _committed.Task;

    /// <inheritdoc/>
    public void OnCommitted(long position) => _committed.SetResult();
}
