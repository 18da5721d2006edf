using System.Buffers.Binary;
using CallCenter.Standalone.Runtime.Storage;
using Microsoft.Win32.SafeHandles;

namespace CallCenter.Standalone.Runtime;

/// <summary>
/// Says which instance is being taken up again after a restart. An orchestration that brings the program down when it is replayed
/// (an endless recursion, <c>Environment.FailFast</c>) would do so at every start; the mark that it leaves tells the next one. Another
/// mark says that the program was asked to end, so that nothing is to blame for it.
/// </summary>
/// <remarks>Never flushed: it has to survive the program, not the machine.</remarks>
internal sealed class RecoveryMark : IDisposable
{
    private const int Size = 2 * sizeof(long);
    private const long AskedToEnd = -1;

    private readonly string? _path;
    private readonly SafeFileHandle? _file;
    private readonly long _number;
    private readonly long _times;

    /// <param name="path">The file; null for none.</param>
    public RecoveryMark(string? path)
    {
        _path = path;
        if (path is null)
            return;
        try
        {
            _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            Span<byte> mark = stackalloc byte[Size];
            if (RandomAccess.Read(_file, mark, 0) == Size)
                (_number, _times) = (BinaryPrimitives.ReadInt64LittleEndian(mark), BinaryPrimitives.ReadInt64LittleEndian(mark[sizeof(long)..]));
        }
        catch (IOException)
        {
            // A full disk must not keep the program from starting: what is there can still be read.
        }
    }

    /// <summary>True when the program was asked to end the last time.</summary>
    public bool WasOrderly => _number == AskedToEnd;

    /// <summary>The program has ended as it was asked to.</summary>
    public static void NoteOrderlyEnd(string? path)
    {
        // Without the mark it is taken for any other end.
        if (path is not null)
            Quietly.Run(() => File.WriteAllBytes(path, Bytes(AskedToEnd, 0)));
    }

    /// <summary>An instance is about to be taken up.</summary>
    /// <returns>How many starts in a row have ended there.</returns>
    public long Enter(long number)
    {
        var times = number == _number ? _times : 0;
        Write(number, times + 1);
        return times;
    }

    /// <summary>All are taken up.</summary>
    public void Dispose()
    {
        if (_path is null || _file is null)
            return;
        _file.Dispose();
        Quietly.Run(() => File.Delete(_path));
    }

    private void Write(long number, long times)
    {
        if (_file is null)
            return;
        try
        {
            RandomAccess.Write(_file, Bytes(number, times), 0);
        }
        catch (IOException)
        {
            // As above.
        }
    }

    private static byte[] Bytes(long number, long times)
    {
        var mark = new byte[Size];
        BinaryPrimitives.WriteInt64LittleEndian(mark, number);
        BinaryPrimitives.WriteInt64LittleEndian(mark.AsSpan(sizeof(long)), times);
        return mark;
    }
}
