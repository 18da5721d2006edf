namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>The real file system.</summary>
internal sealed class DiskFileLayer : IFileLayer
{
    /// <inheritdoc/>
    public void CreateFolder(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full)) return;

        var parent = Path.GetDirectoryName(full);
        if (parent is not null) CreateFolder(parent);
        Directory.CreateDirectory(full);
        if (parent is not null) FolderFlush.Run(parent);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder) => [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))];

    /// <inheritdoc/>
    public IStoreFile Create(string path) => new DiskFile(path, FileMode.Create);

    /// <inheritdoc/>
    public IStoreFile Open(string path) => new DiskFile(path, FileMode.Open);

    /// <inheritdoc/>
    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void FlushFolder(string folder) => FolderFlush.Run(folder);

    /// <inheritdoc/>
    public IDisposable? TryLock(string path)
    {
        try
        {
            // The lock ends with the process, however that ends: a file left behind means nothing.
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
