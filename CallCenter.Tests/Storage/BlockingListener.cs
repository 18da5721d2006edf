using CallCenter.Runtime.Storage;

namespace CallCenter.Tests.Storage;

/// <summary>Waits for a position on the calling thread.</summary>
/// <param name="mayFlush">Whether that thread may flush.</param>
internal sealed class BlockingListener(bool mayFlush) : ICommitListener, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly ManualResetEventSlim _commit = new();

    public bool MayFlush => mayFlush;

    /// <summary>True once the position was committed.</summary>
    public bool IsCommitted => _commit.IsSet;

    public void OnCommitted(long position) => _commit.Set();

    /// <summary>True when it was committed, false when that became hopeless.</summary>
    public bool WaitForCommit(Func<bool> isHopeless)
    {
        var end = DateTime.UtcNow + Deadline;
        while (!_commit.Wait(1))
        {
            if (isHopeless())
                return _commit.IsSet;
            Assert.True(DateTime.UtcNow < end, "A commit was never done.");
        }

        return true;
    }

    public void Dispose() => _commit.Dispose();
}
