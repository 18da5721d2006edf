using CallCenter.Standalone.Runtime.Storage;
using CallCenter.Workflow;

namespace CallCenter.Standalone.Runtime.Execution;

/// <summary>Waits for one position, for changes that belong to no running instance.</summary>
internal sealed class CommitWaiter : ICommitListener
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="OrchestrationUnavailableException">Writing has failed; the change may still be made.</exception>
    public static Task WaitAsync(IInstanceStore store, long position)
    {
        var waiter = new CommitWaiter();
        store.NotifyWhenDurable(position, waiter);
        return waiter._committed.Task;
    }

    public void OnCommitted(long position) => _committed.TrySetResult();

    public void OnDelayed(long position, Exception failure) =>
        _committed.TrySetException(new OrchestrationUnavailableException($"The journal cannot be written: {failure.Message}", TimeSpan.FromSeconds(5)));
}
