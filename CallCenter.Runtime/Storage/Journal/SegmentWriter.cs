using System.Security.Cryptography;
using CallCenter.Runtime.Storage.Files;

namespace CallCenter.Runtime.Storage.Journal;

/// <summary>Writes batches to the active segment and goes on to the next one when it is full or has failed. Used by one thread at a time.</summary>
internal sealed class SegmentWriter(
    StoreOptions options, IFileLayer files, SegmentSet segments, SegmentPreparer preparer, object gate, Func<long> nextNumber) : IDisposable
{
    private Segment? _active;
    private int _lastSegment;
    private int _lastCapacity;
    private ulong _sequence = 1;

    /// <summary>Goes on in a segment, behind its last batch.</summary>
    public void Resume(Segment active, ulong nextSequence, int lastSegment)
    {
        _active = active;
        _lastCapacity = active.Capacity;
        _lastSegment = lastSegment;
        _sequence = nextSequence;
    }

    /// <summary>Writes one batch (its header's place included) and flushes it; returns where it stands.</summary>
    public RecordLocation Write(Span<byte> batch)
    {
        var segment = _active is { } active && batch.Length <= active.Capacity - active.End ? active : Roll(batch.Length);
        var at = new RecordLocation(segment.Number, segment.End, batch.Length);
        BatchHeader.Seal(batch, segment.Header.Salt, at.Offset, _sequence);
        try
        {
            segment.File.Write(batch, at.Offset);
            segment.File.Flush();
        }
        catch
        {
            // After a failed flush the next one lies: the system has marked the pages clean. This file gets nothing more;
            // the header of the next one says how far it was acknowledged.
            _active = null;
            throw;
        }

        _sequence++;
        preparer.Begin(NextCapacity);
        return at;
    }

    /// <summary>Closes what was prepared. The segments' files are the store's.</summary>
    public void Dispose() => preparer.Dispose();

    private int NextCapacity => (int)Math.Clamp(_lastCapacity * 2L, options.FirstSegmentBytes, options.LargestSegmentBytes);

    private Segment Roll(int batchSize)
    {
        var number = _lastSegment + 1;
        var salt = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        SegmentHeader header;
        lock (gate)
            header = new SegmentHeader(number, salt, _sequence, nextNumber(), [.. segments.All.Select(s => new SealedSegment(s.Number, s.End))]);

        var (file, capacity) = preparer.Take(checked(header.Size + batchSize), NextCapacity);
        header = header with { Capacity = capacity };
        var path = SegmentNames.Journal(options.Folder, number);
        try
        {
            file.Write(header.ToBytes(), 0);
            file.Flush();
            files.Move(SegmentNames.Next(options.Folder), path);
            files.FlushFolder(options.Folder);
        }
        catch
        {
            // Should the file survive with its name: it holds nothing, and the next attempt takes its place.
            file.Dispose();
            Quietly.Run(() => files.Delete(path));
            throw;
        }

        _active = new Segment(header, file, path, capacity, header.Size);
        (_lastSegment, _lastCapacity) = (number, capacity);
        Segment? full;
        lock (gate)
        {
            full = segments.All.LastOrDefault();
            segments.Add(_active);
        }

        // Only now that its successor cannot get lost.
        if (full is not null)
            Quietly.Run(() => SegmentHeader.MarkSealed(full));
        return _active;
    }
}
