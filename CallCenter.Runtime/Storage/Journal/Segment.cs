using CallCenter.Runtime.Storage.Files;

namespace CallCenter.Runtime.Storage.Journal;

/// <summary>One file of the journal. Its counters are guarded by the store's gate.</summary>
internal sealed class Segment(SegmentHeader header, IStoreFile file, string path, int capacity, int end)
{
    /// <summary>Its number; a later segment has a greater one.</summary>
    public int Number => Header.Segment;
    public SegmentHeader Header { get; } = header;
    public IStoreFile File { get; } = file;
    public string Path { get; } = path;
    public int Capacity { get; } = capacity;

    /// <summary>Where its acknowledged batches end.</summary>
    public int End { get; set; } = end;

    /// <summary>True when its index file is written, or cannot be.</summary>
    public bool HasIndex { get; set; }

    /// <summary>The bytes of the records in it that count.</summary>
    public long LiveBytes { get; set; }

    /// <summary>The bytes of its purge records: they count as long as an older segment may hold what they void.</summary>
    public long TombstoneBytes { get; set; }

    /// <summary>Reads a record and checks it.</summary>
    /// <exception cref="StoreDamagedException">It is not there.</exception>
    /// <exception cref="ObjectDisposedException">The segment was compacted away meanwhile.</exception>
    public byte[] ReadRecord(RecordLocation at, out Record record)
    {
        var bytes = new byte[at.Length];
        var read = File.Read(bytes, at.Offset);
        if (read < bytes.Length || !Record.TryRead(bytes, out record) || record.Size != bytes.Length)
            throw new StoreDamagedException(Path, at.Offset, "a record fails its checksum.");

        return bytes;
    }
}
