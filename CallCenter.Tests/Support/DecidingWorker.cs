using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Support;

/// <summary>Works on every case until the test has decided how it ends.</summary>
internal sealed class DecidingWorker : ICaseWorker
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<int> _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    /// <summary>Completes when the work on a case begins.</summary>
    public Task Begun => _begun.Task;

    /// <summary>How often it was asked.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>1 resolved, 0 unresolved: for those who wait and for those to come.</summary>
    public void Decide(int status)
    {
        if (!_decision.TrySetResult(status))
        {
            _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _decision.SetResult(status);
        }
    }

    /// <summary>Every attempt fails.</summary>
    public void Fail(Exception error) => _decision.SetException(error);

    public Task<int> WorkAsync(SupportCase supportCase, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _calls);
        _begun.TrySetResult();
        return _decision.Task.WaitAsync(cancellation);
    }
}
