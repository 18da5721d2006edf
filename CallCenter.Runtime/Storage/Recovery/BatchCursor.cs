using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>Goes from batch to batch through a segment, as long as they are sound and in order.</summary>
internal sealed class BatchCursor(IStoreFile file, SegmentHeader header, long end)
{
    private readonly FileWindow _window = new(file, end);

    /// <summary>Where the next batch begins: behind the last sound one.</summary>
    public long Offset { get; private set; } = header.Size;

    /// <summary>The sequence of the next batch.</summary>
    public ulong Sequence { get; private set; } = header.FirstSequence;

    /// <summary>Where the last sound batch begins; 0 when there was none.</summary>
    public long LastBatch { get; private set; }

    /// <summary>Where the records just read begin.</summary>
    public long RecordsOffset => LastBatch + BatchHeader.Size;

    /// <summary>Reads the records of the next batch; false when there is no sound one.</summary>
    public bool TryNext(out ReadOnlySpan<byte> records)
    {
        records = default;
        if (!TryReadSound(Offset, out var batch) || BatchHeader.Sequence(batch) != Sequence)
            return false;

        records = batch[BatchHeader.Size..];
        LastBatch = Offset;
        Offset += batch.Length;
        Sequence++;
        return true;
    }

    /// <summary>What stands behind the last sound batch.</summary>
    public Tail InspectTail()
    {
        const int Step = 64 << 10;
        var lastByte = -1L;
        for (var from = Offset; from < end; from += Step)
        {
            // A few bytes more than a step, so that no magic is cut in two.
            var bytes = _window.Get(from, Step + BatchHeader.Magic.Length - 1);
            if (!bytes.ContainsAnyExcept((byte)0))
                continue;

            lastByte = from + bytes.LastIndexOfAnyExcept((byte)0);
            for (var at = bytes.IndexOf(BatchHeader.Magic); at >= 0; at = NextMagic(from, Step, at + 1))
            {
                if (from + at > Offset && TryReadSound(from + at, out _))
                    return new Tail(lastByte, from + at);
            }
        }

        return new Tail(lastByte, null);
    }

    private int NextMagic(long from, int step, int behind)
    {
        var bytes = _window.Get(from, step + BatchHeader.Magic.Length - 1);
        var found = bytes[behind..].IndexOf(BatchHeader.Magic);
        return found < 0 ? -1 : behind + found;
    }

    private bool TryReadSound(long offset, out ReadOnlySpan<byte> batch)
    {
        batch = default;
        if (!BatchHeader.TryReadSize(_window.Get(offset, BatchHeader.Size), end - offset, out var size))
            return false;

        var bytes = _window.Get(offset, size);
        if (bytes.Length < size || !BatchHeader.IsSound(bytes, header.Salt, offset))
            return false;

        batch = bytes;
        return true;
    }
}

/// <summary>What stands behind the last sound batch of a segment.</summary>
/// <param name="LastByte">The offset of the last byte that is not zero; -1 when all are.</param>
/// <param name="SoundBatch">The offset of a sound batch, which proves that what lies before it was once acknowledged.</param>
internal readonly record struct Tail(long LastByte, long? SoundBatch);
