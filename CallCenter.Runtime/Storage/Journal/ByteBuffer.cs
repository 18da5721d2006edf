namespace CallCenter.Runtime.Storage.Journal;

/// <summary>Bytes that grow at the end.</summary>
internal sealed class ByteBuffer(int capacity = 16 << 10)
{
    // One huge batch should not keep its memory for ever.
    private const int LargestKept = 1 << 20;

    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }
    public Span<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Adds room at the end; the caller fills all of it.</summary>
    public Span<byte> Grow(int count)
    {
        var needed = checked(Length + count);
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, (int)Math.Min(Array.MaxLength, _bytes.Length * 2L)));
        var room = _bytes.AsSpan(Length, count);
        Length = needed;
        return room;
    }

    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Grow(bytes.Length));

    public void Clear()
    {
        if (_bytes.Length > LargestKept)
            _bytes = new byte[capacity];
        Length = 0;
    }
}
