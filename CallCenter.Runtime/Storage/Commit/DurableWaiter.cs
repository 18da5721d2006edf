namespace CallCenter.Runtime.Storage.Commit;

/// <summary>Waits for a position as a task, however long it takes.</summary>
internal sealed class DurableWaiter : ICommitListener
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Task WaitAsync(IInstanceStore store, long position)
    {
        var waiter = new DurableWaiter();
        store.NotifyWhenDurable(position, waiter);
        return waiter.Committed;
    }

    public Task Committed => _committed.Task;

    public void OnCommitted(long position) => _committed.SetResult();
}
