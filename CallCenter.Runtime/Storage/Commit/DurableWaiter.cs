namespace CallCenter.Runtime.Storage.Commit;

/// <summary>Waits for a position as a task, however long it takes.</summary>
internal sealed class DurableWaiter : ICommitListener
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when a position is durable.</summary>
    /// <param name="notify">Tells listeners: of a store, or of its log.</param>
    /// <param name="position">The position.</param>
    public static Task WaitAsync(Action<long, ICommitListener> notify, long position)
    {
        var waiter = new DurableWaiter();
        notify(position, waiter);
        return waiter._committed.Task;
    }

    public void OnCommitted(long position) => _committed.SetResult();
}
