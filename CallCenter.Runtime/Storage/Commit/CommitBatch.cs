using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Commit;

/// <summary>What becomes durable with one flush.</summary>
internal sealed class CommitBatch
{
    /// <summary>The batch as it will stand in the file: room for its header, then the records.</summary>
    public ByteBuffer Bytes { get; } = new();
    public List<Change> Changes { get; } = [];
    public List<(long Position, ICommitListener Listener)> Waiting { get; } = [];
    public long LastPosition { get; set; }
    public bool IsEmpty => Changes.Count == 0;

    public CommitBatch() => Clear();

    public void Clear()
    {
        Bytes.Clear();
        Bytes.Grow(BatchHeader.Size);
        Changes.Clear();
        Waiting.Clear();
    }
}
