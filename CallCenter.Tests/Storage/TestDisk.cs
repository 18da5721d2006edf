using CallCenter.Runtime.Storage.Files;

namespace CallCenter.Tests.Storage;

/// <summary>
/// A disk in memory that keeps only what was flushed. A power cut keeps or loses every other sector by chance, and every other change of a name from
/// the last kept one on. It also refuses: a full disk, a write that stops half way, a flush that fails, after which all flushes of that file lie, as kernels do.
/// </summary>
internal sealed class TestDisk(int seed) : IFileLayer
{
    private readonly Lock _gate = new();
    private readonly Random _chance = new(seed);
    private readonly HashSet<string> _locks = [];
    private readonly List<Action<Dictionary<string, TestDiskFile>>> _unflushedNames = [];
    private readonly Dictionary<string, TestDiskFile> _names = [];
    private Dictionary<string, TestDiskFile> _durableNames = [];
    private bool _isOff;
    private int _life;

    /// <summary>How many operations were asked for.</summary>
    public int Operations { get; private set; }

    /// <summary>The power goes at the operation of this count.</summary>
    public int? CutAt { get; set; }

    /// <summary>The process dies at the operation of this count: all that was written stays.</summary>
    public int? KillAt { get; set; }

    /// <summary>How many bytes of files fit.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>How many of the next flushes of a file fail.</summary>
    public int FailingFlushes { get; set; }

    /// <summary>Called while a file is flushed, by whoever flushes it: what happens in between.</summary>
    public Action DuringFlush { get; set; } = () => { };

    /// <summary>True when an operation was refused for lack of power.</summary>
    public bool IsOff
    {
        get
        {
            lock (_gate)
                return _isOff;
        }
    }

    /// <summary>True when what ended this life was a power cut, false when only the process died.</summary>
    public bool LosesPower { get; private set; }

    /// <summary>The names of the files.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_gate)
                return [.. _names.Keys.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>How many bytes the files hold, at one moment.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_gate)
                return _names.Values.Sum(one => (long)one.Visible.Length);
        }
    }

    /// <summary>The content of a file as programs see it, to look at or to damage.</summary>
    public byte[] Content(string path) => _names[path].Visible;

    /// <summary>Cuts a file, as a bad copy of it does.</summary>
    public void Truncate(string path, int length) => _names[path] = TestDiskFile.Of(_names[path].Visible[..length]);

    /// <summary>Whatever is asked for from now on fails.</summary>
    public void CutNow()
    {
        lock (_gate)
            _isOff = true;
    }

    /// <summary>Power and process are back. What was not flushed may be lost, unless only the process died.</summary>
    public void Restart(bool losePower = true)
    {
        lock (_gate)
        {
            if (losePower)
                LoseUnflushed();
            foreach (var file in _names.Values)
                file.Heal();
            LosesPower = false;
            _locks.Clear();
            _isOff = false;
            _life++;
            CutAt = null;
            KillAt = null;
            FailingFlushes = 0;
        }
    }

    /// <summary>The same disk once more, with a chance of its own.</summary>
    public TestDisk Copy(int chance)
    {
        lock (_gate)
        {
            var copy = new TestDisk(chance);
            foreach (var (path, file) in _names)
                copy._names[path] = file.Copy();
            copy._durableNames = new Dictionary<string, TestDiskFile>(copy._names);
            return copy;
        }
    }

    /// <inheritdoc/>
    public void CreateFolder(string path) => Do(() => { });

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder) => Do(() => _names.Keys.Select(path => Path.GetFileName(path)).ToList());

    /// <summary>How often it was asked for its free space.</summary>
    public int FreeSpaceLooks { get; private set; }

    /// <summary>How often something was read.</summary>
    public int Reads { get; private set; }

    /// <summary>How many bytes were written.</summary>
    public long WrittenBytes { get; private set; }

    /// <inheritdoc/>
    public long FreeBytes(string folder) => Do(() =>
    {
        FreeSpaceLooks++;
        return Math.Max(0, Capacity - _names.Values.Sum(one => (long)one.Visible.Length));
    });

    /// <inheritdoc/>
    public bool Restrict(string path) => _names.Count < 0;

    /// <inheritdoc/>
    public IStoreFile Create(string path) => Do<IStoreFile>(() =>
    {
        var file = new TestDiskFile();
        Rename(names => names[path] = file);
        return new Handle(this, file);
    });

    /// <inheritdoc/>
    public IStoreFile Open(string path) => Do<IStoreFile>(() =>
        _names.TryGetValue(path, out var file) ? new Handle(this, file) : throw new FileNotFoundException("There is no such file.", path));

    /// <inheritdoc/>
    public void Move(string from, string to) => Do(() => Rename(names =>
    {
        if (names.Remove(from, out var file))
            names[to] = file;
    }));

    /// <inheritdoc/>
    public void Delete(string path) => Do(() => Rename(names => names.Remove(path)));

    /// <inheritdoc/>
    public void FlushFolder(string folder) => Do(() =>
    {
        _unflushedNames.Clear();
        _durableNames = new Dictionary<string, TestDiskFile>(_names);
    });

    /// <inheritdoc/>
    public IDisposable? TryLock(string folder) => Do(() => _locks.Add(folder) ? new HeldLock(this, folder, _life) : null);

    private void Rename(Action<Dictionary<string, TestDiskFile>> change)
    {
        change(_names);
        _unflushedNames.Add(change);
    }

    private void LoseUnflushed()
    {
        var kept = _chance.Next(_unflushedNames.Count + 1);
        foreach (var change in _unflushedNames.Take(kept))
            change(_durableNames);
        _unflushedNames.Clear();
        _names.Clear();
        foreach (var (path, file) in _durableNames)
        {
            file.LosePower(_chance);
            _names[path] = file;
        }
    }

    private void Do(Action operation) => Do<object?>(() =>
    {
        operation();
        return null;
    });

    private T Do<T>(Func<T> operation)
    {
        lock (_gate)
        {
            CountOperation();
            return operation();
        }
    }

    private void CountOperation()
    {
        if (!_isOff && (++Operations == CutAt || Operations == KillAt))
            (_isOff, LosesPower) = (true, Operations == CutAt);
        if (_isOff)
            throw new IOException("The power is off.");
    }

    private void Write(TestDiskFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        lock (_gate)
        {
            var goesOff = !_isOff && (Operations + 1 == CutAt || Operations + 1 == KillAt);
            // The power goes in the middle of a write, not before it.
            if (goesOff)
                file.Write(bytes[..Part(bytes.Length)], offset);
            CountOperation();
            WrittenBytes += bytes.Length;

            var growth = offset + bytes.Length - file.Visible.Length;
            if (growth > 0 && growth + _names.Values.Sum(one => (long)one.Visible.Length) > Capacity)
            {
                file.Write(bytes[..Part((int)(bytes.Length - growth))], offset);
                throw new IOException("No space left on the disk.");
            }

            file.Write(bytes, offset);
        }
    }

    private int Part(int length) => length <= 0 ? 0 : _chance.Next(length + 1);

    private void Flush(TestDiskFile file)
    {
        lock (_gate)
        {
            CountOperation();
            if (FailingFlushes > 0)
            {
                FailingFlushes--;
                file.FailFlush(_chance);
                throw new IOException("The disk did not take it.");
            }

            file.Flush();
        }
    }

    private sealed class Handle(TestDisk disk, TestDiskFile file) : IStoreFile
    {
        private readonly int _life = disk._life;
        private bool _closed;

        public long Length => Checked().Visible.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            lock (disk._gate)
            {
                disk.Reads++;
                var rest = Checked().Visible.AsSpan((int)Math.Min(offset, file.Visible.Length));
                var count = Math.Min(rest.Length, buffer.Length);
                rest[..count].CopyTo(buffer);
                return count;
            }
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset) => disk.Write(Checked(), bytes, offset);

        public void Flush()
        {
            disk.DuringFlush();
            disk.Flush(Checked());
        }

        public void Dispose() => _closed = true;

        private TestDiskFile Checked()
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return disk._life == _life ? file : throw new IOException("The process that opened this is dead.");
        }
    }

    private sealed class HeldLock(TestDisk disk, string path, int life) : IDisposable
    {
        public void Dispose()
        {
            lock (disk._gate)
            {
                if (disk._life == life)
                    disk._locks.Remove(path);
            }
        }
    }
}
