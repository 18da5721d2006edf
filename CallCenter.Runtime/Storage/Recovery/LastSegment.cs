using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>The segment that a journal goes on in, as it was found: the only one that a crash may have left unfinished.</summary>
internal sealed class LastSegment
{
    private readonly string _path;
    private readonly IStoreFile _file;
    private readonly long _length;
    private long _lastByte;

    private LastSegment(string path, IStoreFile file, SegmentHeader header)
    {
        (_path, _file, Header) = (path, file, header);
        _length = header.Capacity > 0 ? header.Capacity : file.Length;
        Cursor = new BatchCursor(file, header, _length);
    }

    public SegmentHeader Header { get; }

    /// <summary>Stands behind the last sound batch, once the batches have been read.</summary>
    public BatchCursor Cursor { get; }

    /// <exception cref="StoreDamagedException">Its header is not sound, or it has lost its end, or its successor is missing.</exception>
    public static LastSegment Open(IFileLayer files, string folder, int number)
    {
        var path = SegmentNames.Journal(folder, number);
        var file = files.Open(path);
        try
        {
            var header = SegmentHeader.Read(file, path, number);
            if (file.Length < header.Capacity)
                throw new StoreDamagedException(path, file.Length, $"the segment was made {header.Capacity} bytes long, and has lost its end.");
            return header.IsMarkedSealed(file) ? throw StoreDamagedException.Missing(SegmentNames.Journal(folder, number + 1)) : new LastSegment(path, file, header);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads its sound batches.</summary>
    /// <exception cref="StoreDamagedException">
    /// One flush is in flight at a time. So a sound batch behind a bad one proves that the bad one had been flushed: damage. With nothing sound
    /// behind it, it is the batch that a power cut tore, and nobody was told of it.
    /// </exception>
    public SegmentContents Read(StoreOptions options)
    {
        var contents = SegmentScanner.ReadLast(_path, Header, Cursor, options);
        var tail = Cursor.InspectTail();
        if (tail.SoundBatch is { } sound)
            throw new StoreDamagedException(_path, Cursor.Offset, $"a batch fails its checksum, and a valid one follows at {sound}.");
        _lastByte = tail.LastByte;
        return contents;
    }

    public Segment ToSegment() => new(Header, _file, _path, checked((int)_length), (int)Cursor.Offset);

    /// <summary>Drops what is left of a torn batch, and sees to it that what was read is on disk.</summary>
    public void MakeDurable(ILogger logger)
    {
        if (_lastByte >= 0)
        {
            // Else what is left of it could come back to life behind later batches.
            logger.LogWarning(
                "The last batch of the journal was not fully written (a power cut?) and was never acknowledged. It is dropped: {File}, offset {Offset}.",
                _path, Cursor.Offset);
            _file.Write(new byte[_lastByte + 1 - Cursor.Offset], Cursor.Offset);
        }

        // The last batch may be in the system's cache only, and after a failed flush even be marked clean there: written again, it gets to the disk.
        if (Cursor.LastBatch > 0)
        {
            var bytes = new byte[Cursor.Offset - Cursor.LastBatch];
            _file.Read(bytes, Cursor.LastBatch);
            _file.Write(bytes, Cursor.LastBatch);
        }

        _file.Flush();
    }

    public void Close() => _file.Dispose();
}
