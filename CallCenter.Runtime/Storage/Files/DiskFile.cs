using Microsoft.Win32.SafeHandles;

namespace CallCenter.Runtime.Storage.Files;

/// <summary>A file on disk, read and written by offset.</summary>
internal sealed class DiskFile(SafeFileHandle handle) : IStoreFile
{
    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            // A read may come back short anywhere, not only at the end.
            var read = RandomAccess.Read(handle, buffer[total..], offset + total);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

    public void Flush() => RandomAccess.FlushToDisk(handle);

    public void Dispose() => handle.Dispose();
}
