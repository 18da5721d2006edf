using CallCenter.Standalone.Runtime.Storage;

namespace CallCenter.Tests.Storage;

/// <summary>Waits for a position on the calling thread.</summary>
internal sealed class BlockingListener : ICommitListener, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly ManualResetEventSlim _answer = new();
    private readonly ManualResetEventSlim _commit = new();

    public void OnCommitted(long position)
    {
        _commit.Set();
        _answer.Set();
    }

    public void OnDelayed(long position, Exception failure) => _answer.Set();

    /// <summary>True when it was committed, false when it is delayed.</summary>
    public bool WaitForAnswer()
    {
        Assert.True(_answer.Wait(Deadline), "A commit was neither done nor delayed.");
        return _commit.IsSet;
    }

    /// <summary>True when it was committed, false when that became hopeless.</summary>
    public bool WaitForCommit(Func<bool> isHopeless)
    {
        var end = DateTime.UtcNow + Deadline;
        while (!_commit.Wait(1))
        {
            if (isHopeless()) return false;
            Assert.True(DateTime.UtcNow < end, "A delayed commit was never done.");
        }

        return true;
    }

    public void Dispose()
    {
        _answer.Dispose();
        _commit.Dispose();
    }
}
