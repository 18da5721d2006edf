using System.Diagnostics;
using CallCenter.Bench.Load;
using Microsoft.Win32.SafeHandles;

namespace CallCenter.Bench.Machine;

/// <summary>
/// What the disk itself takes for the flushes of one case: the same bytes in the same portions, written one behind the other into a file
/// that is filled with zeros already, each flushed before the next. Nothing that waits for its records can be faster.
/// </summary>
internal sealed class DiskProbe : IDisposable
{
    private const int FileSize = 16 << 20;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly List<long> _times = [];
    private long _offset;

    /// <param name="folder">A folder on the disk that is measured.</param>
    public DiskProbe(string folder)
    {
        _path = Path.Combine(folder, "probe");
        _file = File.OpenHandle(_path, FileMode.Create, FileAccess.ReadWrite);
        var zeros = new byte[1 << 20];
        for (var at = 0; at < FileSize; at += zeros.Length)
            RandomAccess.Write(_file, zeros, at);
        RandomAccess.FlushToDisk(_file);
    }

    /// <summary>How long all flushes of one case took together, for every case that was probed.</summary>
    public Latencies Times => new(_times);

    /// <summary>Writes and flushes what so many cases would.</summary>
    public void Run(IReadOnlyList<int> sizes, int cases)
    {
        var bytes = new byte[sizes.Max()];
        Random.Shared.NextBytes(bytes);
        for (var i = 0; i < cases; i++)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var size in sizes)
                Flush(bytes.AsSpan(0, size));
            _times.Add(Stopwatch.GetTimestamp() - began);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    private void Flush(ReadOnlySpan<byte> bytes)
    {
        if (_offset + bytes.Length > FileSize)
            _offset = 0;
        RandomAccess.Write(_file, bytes, _offset);
        RandomAccess.FlushToDisk(_file);
        _offset += bytes.Length;
    }
}
