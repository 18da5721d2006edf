namespace CallCenter.Runtime.Storage.Files;

/// <summary>Reads a folder that may be another program's and changes nothing in it: what is to be written, moved or deleted is passed over.</summary>
/// <param name="disk">Where the folder is; null for the real file system, on which files are then opened for reading alone.</param>
internal sealed class ReadOnlyFiles(IFileLayer? disk = null) : IFileLayer
{
    private readonly IFileLayer _disk = disk ?? new DiskFileLayer();

    public IReadOnlyList<string> List(string folder) => _disk.List(folder);

    public long FreeBytes(string folder) => _disk.FreeBytes(folder);

    public IStoreFile Open(string path) => new ReadOnlyFile(disk is not null
        ? disk.Open(path)
        : new DiskFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)));

    public IStoreFile Create(string path) => throw new NotSupportedException($"'{path}' is only read.");

    public IDisposable? TryLock(string folder) => throw new NotSupportedException($"'{folder}' is only read.");

    public void CreateFolder(string path)
    {
    }

    public bool Restrict(string path) => false;

    public void Move(string from, string to)
    {
    }

    public void Delete(string path)
    {
    }

    public void FlushFolder(string folder)
    {
    }

    private sealed class ReadOnlyFile(IStoreFile file) : IStoreFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
        }

        public void Flush()
        {
        }

        public void Dispose() => file.Dispose();
    }
}
