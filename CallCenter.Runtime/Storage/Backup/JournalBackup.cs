using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Journal;
using CallCenter.Runtime.Storage.Recovery;

namespace CallCenter.Runtime.Storage.Backup;

/// <summary>
/// Copies a journal, which a program may go on writing, as it is at one moment. Sealed segments never change, so the copy has them once and for all; what changes
/// is copied under temporary names first, and all of it gets its names in one go, with a mark that says so. Before that go the copy is the one of before, after it
/// the new one, and in the midst of it the mark lets nobody start on it.
/// </summary>
/// <param name="options">How the source is kept. Its folder is read, and left as it is.</param>
/// <param name="source">The source's disk.</param>
/// <param name="to">The folder of the copy.</param>
/// <param name="target">The copy's disk.</param>
internal sealed class JournalBackup(StoreOptions options, IFileLayer source, string to, IFileLayer target)
{
    private const int ChunkSize = 1 << 20;
    private const int TailSize = 4 << 10;

    private readonly string _of = $"of {options.Folder} on {Environment.MachineName}";
    private readonly byte[] _chunk = new byte[ChunkSize];

    /// <summary>Makes the copy what the source is at a moment after the call: all that was acknowledged before it is in it.</summary>
    /// <exception cref="StoreException">The source cannot be read, or the folder of the copy is no place for it.</exception>
    public BackupResult Run(CancellationToken cancellation)
    {
        var began = options.Clock.GetUtcNow();
        using var held = FolderLock.Take(options with { Folder = to }, target, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var names = target.List(to);
        if (!BackupMark.IsIn(target, to))
        {
            if (names.Any(SegmentNames.IsJournal))
                throw new StoreFolderException(to, "holds a journal that is no backup, or on which a program was started since. Name another folder.");
            // Until there is a whole one, nobody takes this for an empty folder.
            BackupMark.Begin(target, to, _of);
        }
        foreach (var left in names.Where(SegmentNames.IsTemporary))
            target.Delete(Path.Combine(to, left));

        // Its files stay open: what compaction deletes meanwhile can still be read.
        using var journal = JournalView.Read(options, source, cancellation);
        if (journal.Segments.All.Count == 0)
            throw new StoreFolderException(options.Folder, "holds no journal.");
        var copied = Copy(journal, cancellation);
        BackupMark.Begin(target, to, _of);
        Switch(journal);
        BackupMark.End(target, to, _of, began);
        return new(journal.Segments.All.Count, copied.Count, copied.Sum(segment => (long)segment.End));
    }

    private List<Segment> Copy(JournalView journal, CancellationToken cancellation)
    {
        var there = target.List(to);
        var copied = new List<Segment>();
        foreach (var segment in journal.Segments.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var isLast = segment == journal.Segments.All[^1];
            var isThere = !isLast && Has(segment);
            if (!isThere)
            {
                CopySegment(segment, isLast);
                copied.Add(segment);
            }
            var index = SegmentNames.Index(to, segment.Number);
            if (!isLast && !(isThere && there.Contains(Path.GetFileName(index))))
                CopyWhole(SegmentNames.Index(options.Folder, segment.Number), index);
        }
        CopyWhole(Path.Combine(options.Folder, SegmentNames.Starts), Path.Combine(to, SegmentNames.Starts));
        return copied;
    }

    /// <summary>True when the copy has a sealed segment already. A copy of one that was active then has no mark.</summary>
    private bool Has(Segment segment)
    {
        try
        {
            var path = SegmentNames.Journal(to, segment.Number);
            using var file = target.Open(path);
            var header = SegmentHeader.Read(file, path, segment.Number);
            return header.Salt == segment.Header.Salt && file.Length == segment.End && header.IsMarkedSealed(file) && HasTail(segment, file);
        }
        catch (Exception e) when (e is IOException or StoreException)
        {
            return false;
        }
    }

    /// <summary>A journal that was restored, and went on from there, has segments of the same salt.</summary>
    private static bool HasTail(Segment segment, IStoreFile copy)
    {
        var from = Math.Max(segment.Header.Size, segment.End - TailSize);
        var (one, other) = (new byte[segment.End - from], new byte[segment.End - from]);
        return segment.File.Read(one, from) == one.Length && copy.Read(other, from) == other.Length && one.AsSpan().SequenceEqual(other);
    }

    private void CopySegment(Segment segment, bool isLast)
    {
        var path = SegmentNames.Journal(to, segment.Number) + SegmentNames.Temporary;
        using var file = target.Create(path);
        // Written anew: the source's may be marked as sealed by now.
        file.Write(segment.Header.ToBytes(), 0);
        for (var at = (long)segment.Header.Size; at < segment.End;)
        {
            var read = segment.File.Read(_chunk.AsSpan(0, (int)Math.Min(ChunkSize, segment.End - at)), at);
            if (read == 0)
                throw new StoreDamagedException(segment.Path, at, "the segment is shorter than what was acknowledged of it.");
            file.Write(_chunk.AsSpan(0, read), at);
            at += read;
        }
        Check(segment, file);
        if (isLast)
            Fill(file, segment.End, Math.Max(segment.Header.Capacity, segment.End));
        else
            SegmentHeader.MarkSealed(new Segment(segment.Header, file, path, segment.End, segment.End));
        file.Flush();
    }

    /// <summary>A start reads no more of a sealed segment than its index: what is damaged in it is found now, or when it is too late.</summary>
    private static void Check(Segment segment, IStoreFile copy)
    {
        var cursor = new BatchCursor(copy, segment.Header, segment.End);
        while (cursor.Offset < segment.End)
        {
            if (!cursor.TryNext(out _))
                throw new StoreDamagedException(segment.Path, cursor.Offset, "a batch fails its checksum.");
        }
    }

    private void Fill(IStoreFile file, long from, long to)
    {
        Array.Clear(_chunk);
        for (; from < to; from += ChunkSize)
            file.Write(_chunk.AsSpan(0, (int)Math.Min(ChunkSize, to - from)), from);
    }

    /// <summary>Copies a small file that is not needed, if it is there.</summary>
    private void CopyWhole(string from, string name)
    {
        byte[] bytes;
        try
        {
            using var file = source.Open(from);
            bytes = new byte[file.Length];
            bytes = bytes[..file.Read(bytes, 0)];
        }
        catch (IOException)
        {
            return;
        }
        using var copy = target.Create(name + SegmentNames.Temporary);
        copy.Write(bytes, 0);
        copy.Flush();
    }

    private void Switch(JournalView journal)
    {
        var numbers = journal.Segments.All.Select(segment => segment.Number).ToHashSet();
        foreach (var name in target.List(to))
        {
            var path = Path.Combine(to, name);
            if (SegmentNames.IsTemporary(name))
                target.Move(path, path[..^SegmentNames.Temporary.Length]);
            else if ((SegmentNames.TryParseJournal(name) ?? SegmentNames.TryParseIndex(name)) is { } number && !numbers.Contains(number))
                target.Delete(path);
        }
        target.FlushFolder(to);
    }
}

/// <summary>What a backup did.</summary>
/// <param name="Segments">How many segments the copy has.</param>
/// <param name="Copied">How many of them were copied this time.</param>
/// <param name="Bytes">How much that was.</param>
internal readonly record struct BackupResult(int Segments, int Copied, long Bytes);
