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
    private LastSegment? _last;

    public SegmentSet Segments { get; } = new();

    /// <summary>What they add up to.</summary>
    public InstanceTable Table => field ??= new InstanceTable(Segments);

    /// <summary>The segment to go on in; null in a new folder.</summary>
    public Segment? Active { get; private set; }

    /// <summary>The sequence of the next batch.</summary>
    public ulong NextSequence { get; private set; } = 1;

    /// <summary>The greatest segment number that was ever used.</summary>
    public int LastSegmentNumber { get; private set; }

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
            throw StoreDamagedException.Missing(SegmentNames.Journal(options.Folder, indexed));
        if (numbers.Count == 0)
            return;

        LastSegmentNumber = numbers[^1];
        var last = _last = LastSegment.Open(files, options.Folder, LastSegmentNumber);
        var contents = last.Read(options);
        OpenSealed(last.Header, numbers, contents.Drops);
        ReadSealed(cancellation);

        Active = last.ToSegment();
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
        if (_last is not null)
        {
            _last.MakeDurable(logger);
            files.FlushFolder(options.Folder);
            // Of before there were marks, or a crash came between.
            if (Segments.Sealed.LastOrDefault() is { } before && !before.Header.IsMarkedSealed(before.File))
                Quietly.Run(() => SegmentHeader.MarkSealed(before));
        }
        foreach (var name in _leftovers)
            Quietly.Run(() => files.Delete(Path.Combine(options.Folder, name)));
        if (_leftovers.Contains(SegmentNames.Backup))
            Quietly.Run(() => files.FlushFolder(options.Folder));
    }

    public void Close()
    {
        _last?.Close();
        foreach (var segment in Segments.All)
            segment.File.Dispose();
    }

    private void OpenSealed(SegmentHeader last, List<int> onDisk, List<int> drops)
    {
        var counted = last.Sealed.Where(one => !drops.Contains(one.Segment)).OrderBy(one => one.Segment).ToList();
        foreach (var one in counted)
        {
            var path = SegmentNames.Journal(options.Folder, one.Segment);
            if (!onDisk.Contains(one.Segment))
                throw StoreDamagedException.Missing(path);

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
}
