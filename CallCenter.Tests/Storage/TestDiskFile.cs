namespace CallCenter.Tests.Storage;

/// <summary>A file on a <see cref="TestDisk"/>: what programs see of it, and what a power cut leaves.</summary>
internal sealed class TestDiskFile
{
    // Small, so that small batches have several, and lose some.
    private const int SectorSize = 32;

    private byte[] _durable = [];
    private int _dirtyFrom = int.MaxValue;
    private int _dirtyTo;
    private bool _lies;

    /// <summary>What programs see.</summary>
    public byte[] Visible { get; private set; } = [];

    public static TestDiskFile Of(byte[] bytes) => new() { Visible = [.. bytes], _durable = [.. bytes] };

    public TestDiskFile Copy() => new() { Visible = [.. Visible], _durable = [.. _durable], _dirtyFrom = _dirtyFrom, _dirtyTo = _dirtyTo };

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        var end = (int)offset + bytes.Length;
        if (end > Visible.Length)
        {
            var longer = Visible;
            Array.Resize(ref longer, end);
            Visible = longer;
        }

        bytes.CopyTo(Visible.AsSpan((int)offset));
        _dirtyFrom = Math.Min(_dirtyFrom, (int)offset);
        _dirtyTo = Math.Max(_dirtyTo, end);
    }

    public void Flush()
    {
        if (_lies)
        {
            Settle(() => false);
            return;
        }

        if (_durable.Length < Visible.Length)
            Array.Resize(ref _durable, Visible.Length);
        if (_dirtyFrom < _dirtyTo)
            Visible.AsSpan(_dirtyFrom, _dirtyTo - _dirtyFrom).CopyTo(_durable.AsSpan(_dirtyFrom));
        _dirtyFrom = int.MaxValue;
        _dirtyTo = 0;
    }

    /// <summary>Some of it gets to the disk, and the system believes that all of it did. From now on it flushes this file without a word, and for nothing.</summary>
    public void FailFlush(Random chance)
    {
        Settle(() => chance.Next(2) == 0);
        _lies = true;
    }

    /// <summary>The system was started anew and knows nothing of errors before.</summary>
    public void Heal() => _lies = false;

    public void LosePower(Random chance)
    {
        // Sectors hit the disk in any order; now and then none or all of them did.
        var luck = chance.Next(4);
        Settle(() => luck switch { 0 => false, 1 => true, _ => chance.Next(2) == 0 });
        Visible = [.. _durable];
    }

    private void Settle(Func<bool> keeps)
    {
        // Made long enough once: a prepared segment has so many sectors that growing by one at a time takes minutes.
        var length = _durable.Length;
        if (length < Visible.Length)
            Array.Resize(ref _durable, Visible.Length);
        for (var from = _dirtyFrom / SectorSize * SectorSize; from < _dirtyTo; from += SectorSize)
        {
            if (!keeps())
                continue;

            var to = Math.Min(from + SectorSize, Visible.Length);
            length = Math.Max(length, to);
            Visible.AsSpan(from, to - from).CopyTo(_durable.AsSpan(from));
        }

        if (length < _durable.Length)
            Array.Resize(ref _durable, length);
        _dirtyFrom = int.MaxValue;
        _dirtyTo = 0;
    }
}
