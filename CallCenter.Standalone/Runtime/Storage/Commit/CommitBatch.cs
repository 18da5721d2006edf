namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>What becomes durable with one flush.</summary>
internal sealed class CommitBatch
{
    /// <summary>The batch as it will stand in the file: room for its header, then the records.</summary>
    public ByteBuffer Bytes { get; } = new();

    /// <summary>What its records do, in order.</summary>
    public List<Change> Changes { get; } = [];

    /// <summary>Who waits for it.</summary>
    public List<(long Position, ICommitListener Listener)> Waiting { get; } = [];

    /// <summary>The position of its last change.</summary>
    public long LastPosition { get; set; }

    /// <summary>True when nothing was appended.</summary>
    public bool IsEmpty => Changes.Count == 0;

    /// <summary>A batch without records.</summary>
    public CommitBatch() => Clear();

    /// <summary>Makes it ready for the next records.</summary>
    public void Clear()
    {
        Bytes.Clear();
        Bytes.Grow(BatchHeader.Size);
        Changes.Clear();
        Waiting.Clear();
    }
}
