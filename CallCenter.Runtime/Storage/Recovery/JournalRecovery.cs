using CallCenter.Runtime.Storage.Backup;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>Reads a folder's journal, and makes it ready to be gone on with.</summary>
internal sealed class JournalRecovery(StoreOptions options, IFileLayer files, ILogger logger)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(2);
    private readonly List<string> _leftovers = [];
    private IStoreFile? _lastFile;
    private Last? _last;

    public SegmentSet Segments { get; } = new();

    /// <summary>What they add up to.</summary>
    public InstanceTable Table => field ??= new InstanceTable(Segments);

    /// <summary>The segment to go on in; null in a new folder.</summary>
    public Segment? Active { get; private set; }

    /// <summary>The sequence of the next batch.</summary>
    public ulong NextSequence { get; private set; } = 1;

    /// <summary>The greatest segment number that was ever used.</summary>
    public int LastSegment { get; private set; }

    /// <summary>The least instance number that was never used.</summary>
    public long NextNumber { get; private set; } = 1;

    /// <summary>Reads all of it, and changes nothing.</summary>
    /// <exception cref="StoreDamagedException">Something that was acknowledged is not there any more.</exception>
    public void Read(CancellationToken cancellation)
    {
        var names = files.List(options.Folder);
        BackupMark.RequireWhole(files, options.Folder);
        // A backup that is started on is none any more.
        _leftovers.AddRange(names.Where(name => SegmentNames.IsTemporary(name) || name == SegmentNames.Backup));
        var numbers = names.Select(SegmentNames.TryParseJournal).OfType<int>().Order().ToList();
        // Only a segment with a successor gets an index, and that one outlives it.
        var indexed = names.Max(SegmentNames.TryParseIndex) ?? 0;
        if (indexed > numbers.LastOrDefault())
            throw Missing(indexed);
        if (numbers.Count == 0)
            return;

        LastSegment = numbers[^1];
        var last = _last = OpenLast(LastSegment);
        var contents = SegmentScanner.ReadLast(last.Path, last.Header, last.Cursor, options);
        CheckTail(last);
        OpenSealed(last.Header, numbers, contents.Drops);
        ReadSealed(cancellation);

        Active = new Segment(last.Header, last.File, last.Path, checked((int)last.Length), (int)last.Cursor.Offset);
        Segments.Add(Active);
        contents.ApplyTo(Table);
        Table.Index.Trim();
        NextSequence = last.Cursor.Sequence;
        NextNumber = Math.Max(Math.Max(last.Header.NextNumber, contents.GreatestNumber + 1), Table.Index.Newest + 1);
        CheckRunning();
    }

    /// <summary>Makes what was read durable, and deletes what is left over. Not before all is known to be sound: a start that is refused changes nothing.</summary>
    public void MakeReady()
    {
        if (_last is { } last)
            MakeDurable(last);
        foreach (var name in _leftovers)
            Quietly.Run(() => files.Delete(Path.Combine(options.Folder, name)));
        if (_leftovers.Contains(SegmentNames.Backup))
            Quietly.Run(() => files.FlushFolder(options.Folder));
    }

    public void Close()
    {
        _lastFile?.Dispose();
        foreach (var segment in Segments.All)
            segment.File.Dispose();
    }

    private Last OpenLast(int number)
    {
        var path = SegmentNames.Journal(options.Folder, number);
        _lastFile = files.Open(path);
        var header = SegmentHeader.Read(_lastFile, path, number);
        if (_lastFile.Length < header.Capacity)
            throw new StoreDamagedException(path, _lastFile.Length, $"the segment was made {header.Capacity} bytes long, and has lost its end.");
        if (header.IsMarkedSealed(_lastFile))
            throw Missing(number + 1);

        var length = header.Capacity > 0 ? header.Capacity : _lastFile.Length;
        return new Last(path, _lastFile, header, new BatchCursor(_lastFile, header, length), length);
    }

    private StoreDamagedException Missing(int segment) => new(SegmentNames.Journal(options.Folder, segment), 0, "the segment is missing.");

    /// <summary>
    /// One flush is in flight at a time. So a sound batch behind a bad one proves that the bad one had been flushed: damage. With nothing sound
    /// behind it, it is the batch that a power cut tore, and nobody was told of it.
    /// </summary>
    private static void CheckTail(Last last)
    {
        last.Tail = last.Cursor.InspectTail();
        if (last.Tail.SoundBatch is { } sound)
            throw new StoreDamagedException(last.Path, last.Cursor.Offset, $"a batch fails its checksum, and a valid one follows at {sound}.");
    }

    private void OpenSealed(SegmentHeader last, List<int> onDisk, List<int> drops)
    {
        var counted = last.Sealed.Where(one => !drops.Contains(one.Segment)).OrderBy(one => one.Segment).ToList();
        foreach (var one in counted)
        {
            var path = SegmentNames.Journal(options.Folder, one.Segment);
            if (!onDisk.Contains(one.Segment))
                throw Missing(one.Segment);

            var file = files.Open(path);
            var header = SegmentHeader.Read(file, path, one.Segment);
            if (file.Length < one.Length)
                throw new StoreDamagedException(path, file.Length, "the segment is shorter than what was acknowledged of it.");
            Segments.Add(new Segment(header, file, path, one.Length, one.Length));
        }

        // The rest was compacted away, or was never used: a crash came before it was deleted.
        foreach (var number in onDisk.Except(counted.Select(one => one.Segment)).Where(number => number != last.Segment))
        {
            _leftovers.Add(Path.GetFileName(SegmentNames.Journal(options.Folder, number)));
            _leftovers.Add(Path.GetFileName(SegmentNames.Index(options.Folder, number)));
        }
    }

    private void ReadSealed(CancellationToken cancellation)
    {
        var told = options.Clock.GetTimestamp();
        var next = BeginReading(0);
        for (var i = 0; i < Segments.All.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var contents = next.GetAwaiter().GetResult();
            next = BeginReading(i + 1);
            contents.ApplyTo(Table);
            if (options.Clock.GetElapsedTime(told) < ProgressInterval)
                continue;

            logger.LogInformation("Reading the journal: {Done} of {All} segments.", i + 1, Segments.All.Count);
            told = options.Clock.GetTimestamp();
        }
    }

    /// <summary>Reads one while the one before is taken in.</summary>
    private Task<ISealedContents> BeginReading(int index)
    {
        if (index == Segments.All.Count)
            return Task.FromResult<ISealedContents>(new SegmentContents());
        var segment = Segments.All[index];
        return options.OwnThreads ? Task.Run(() => ReadSealed(segment)) : Task.FromResult(ReadSealed(segment));
    }

    private ISealedContents ReadSealed(Segment segment)
    {
        var index = SegmentIndexFile.TryRead(files, options.Folder, segment);
        // One that is missing is left to the upkeep.
        segment.HasIndex = index is not null;
        return index ?? (ISealedContents)SegmentScanner.ReadSealed(segment, options);
    }

    private void CheckRunning()
    {
        foreach (var (number, running) in Table.Running)
        {
            if (Table.Index.Contains(number))
                continue;
            var at = running.Records[0];
            throw new StoreDamagedException(Segments[at.Segment].Path, at.Offset, $"instance {number} has records but no beginning.");
        }
    }

    private void MakeDurable(Last last)
    {
        if (last.Tail.LastByte >= 0)
        {
            // Else what is left of it could come back to life behind later batches.
            logger.LogWarning(
                "The last batch of the journal was not fully written (a power cut?) and was never acknowledged. It is dropped: {File}, offset {Offset}.",
                last.Path, last.Cursor.Offset);
            last.File.Write(new byte[last.Tail.LastByte + 1 - last.Cursor.Offset], last.Cursor.Offset);
        }

        // The last batch may be in the system's cache only, and after a failed flush even be marked clean there: written again, it gets to the disk.
        if (last.Cursor.LastBatch > 0)
        {
            var bytes = new byte[last.Cursor.Offset - last.Cursor.LastBatch];
            last.File.Read(bytes, last.Cursor.LastBatch);
            last.File.Write(bytes, last.Cursor.LastBatch);
        }

        last.File.Flush();
        files.FlushFolder(options.Folder);
        // Of before there were marks, or a crash came between.
        if (Segments.Sealed.LastOrDefault() is { } before && !before.Header.IsMarkedSealed(before.File))
            Quietly.Run(() => SegmentHeader.MarkSealed(before));
    }

    private sealed record Last(string Path, IStoreFile File, SegmentHeader Header, BatchCursor Cursor, long Length)
    {
        public Tail Tail { get; set; }
    }
}
