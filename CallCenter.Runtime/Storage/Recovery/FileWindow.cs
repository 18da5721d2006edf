using CallCenter.Runtime.Storage.Files;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>Reads a file from front to back through one buffer.</summary>
internal sealed class FileWindow(IStoreFile file, long end)
{
    private const int UsualSize = 256 << 10;

    private byte[] _buffer = new byte[(int)Math.Min(UsualSize, end)];
    private long _start;
    private int _count;

    /// <summary>The bytes at an offset, fewer where the file ends. They hold until the next call.</summary>
    public ReadOnlySpan<byte> Get(long offset, int count)
    {
        count = (int)Math.Min(count, end - offset);
        if (offset >= _start && offset + count <= _start + _count)
            return _buffer.AsSpan((int)(offset - _start), count);

        if (count > _buffer.Length)
            _buffer = new byte[count];
        _start = offset;
        _count = file.Read(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, end - offset)), offset);
        return _buffer.AsSpan(0, Math.Min(count, _count));
    }
}
