using CallCenter.Runtime.Storage.Files;

namespace CallCenter.Runtime.Storage.Journal;

/// <summary>
/// Fills the next segment with zeros as soon as the active one is in use, on a thread of its own: flushing a file that has its length and its blocks is
/// steadier than flushing one that grows, and a full disk is noticed with a whole segment left, which the upkeep needs to give disk back.
/// </summary>
internal sealed class SegmentPreparer(StoreOptions options, IFileLayer files, ILogger logger) : IDisposable
{
    private const int ChunkSize = 256 << 10;

    // This part of a segment stays free, for what else wants to write.
    private const int MarginShare = 8;
    private static readonly byte[] Zeros = new byte[ChunkSize];
    private readonly ManualResetEventSlim _cancelled = new();
    private Thread? _thread;
    private IStoreFile? _file;
    private int _capacity;

    /// <summary>Why there is no next segment yet; null while all is well.</summary>
    public Exception? Shortage { get; private set; }

    /// <summary>Begins to prepare a segment, unless that has begun.</summary>
    public void Begin(int capacity)
    {
        if (_thread is not null)
            return;

        if (!options.OwnThreads)
        {
            if (_file is null)
                TryPrepare(capacity);
            return;
        }

        _cancelled.Reset();
        _thread = new Thread(() => Prepare(capacity)) { Name = "Journal preparer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The prepared file, or one made now; under its temporary name.</summary>
    public (IStoreFile File, int Capacity) Take(int atLeast, int capacity)
    {
        End();
        var file = _file;
        _file = null;
        if (file is not null && _capacity >= atLeast)
            return (file, _capacity);

        file?.Dispose();
        capacity = Math.Max(atLeast, capacity);
        return (Create(capacity), capacity);
    }

    public void Dispose()
    {
        End();
        _cancelled.Dispose();
        if (_file is null)
            return;

        _file.Dispose();
        Quietly.Run(() => files.Delete(SegmentNames.Next(options.Folder)));
    }

    private void End()
    {
        _cancelled.Set();
        _thread?.Join();
        _thread = null;
        Shortage = null;
    }

    private void Prepare(int capacity)
    {
        for (var failed = 1; !TryPrepare(capacity) && !_cancelled.Wait(options.DelayAfter(failed)); failed++)
        {
            // Once more.
        }
    }

    private bool TryPrepare(int capacity)
    {
        try
        {
            _file = Create(capacity);
            _capacity = capacity;
            if (Shortage is not null)
                logger.LogWarning("There is room for the next segment of the journal again.");
            Shortage = null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (Shortage is null)
                logger.LogError(e, "There is no room for the next segment of the journal. Nothing new is started until there is.");
            Shortage = e;
        }

        return Shortage is null;
    }

    private IStoreFile Create(int capacity)
    {
        // Looked at first: writing until nothing more fits would take the room of all others, again and again.
        var wanted = (long)capacity + (capacity / MarginShare);
        if (files.FreeBytes(options.Folder) is var free && free < wanted)
            throw new IOException($"The disk has {free:N0} bytes free. The next segment of the journal takes {wanted:N0}.", Unwritable.NoSpace);

        var path = SegmentNames.Next(options.Folder);
        var file = files.Create(path);
        try
        {
            for (var offset = 0; offset < capacity; offset += ChunkSize)
                file.Write(Zeros.AsSpan(0, Math.Min(ChunkSize, capacity - offset)), offset);
            file.Flush();
            return file;
        }
        catch
        {
            // What was written of it takes the room that is missing.
            file.Dispose();
            Quietly.Run(() => files.Delete(path));
            throw;
        }
    }
}
