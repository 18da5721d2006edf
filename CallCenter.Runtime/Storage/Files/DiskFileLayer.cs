using CallCenter.Runtime.Storage.Journal;
using Microsoft.Win32.SafeHandles;

namespace CallCenter.Runtime.Storage.Files;

/// <summary>The real file system.</summary>
/// <param name="access">How files that exist are opened: for reading alone where the folder is another program's.</param>
internal sealed class DiskFileLayer(FileAccess access = FileAccess.ReadWrite) : IFileLayer
{
    private const FileShare ForAll = FileShare.ReadWrite | FileShare.Delete;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    public void CreateFolder(string path) => CreateFolder(Path.GetFullPath(path), Owner | UnixFileMode.UserExecute);

    public IReadOnlyList<string> List(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path))];

    public long FreeBytes(string folder) => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;

    public bool Restrict(string path)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Others) == 0)
            return false;

        File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Others);
        return true;
    }

    public IStoreFile Create(string path) => new DiskFile(OpenOwn(path, FileMode.Create, ForAll));

    public IStoreFile Open(string path) => new DiskFile(File.OpenHandle(path, FileMode.Open, access, ForAll));

    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    public void FlushFolder(string folder) => FolderCalls.Flush(folder);

    public IDisposable? TryLock(string folder)
    {
        SafeFileHandle? file = null;
        try
        {
            // The lock ends with the process, however that ends: a file left behind means nothing.
            file = OpenOwn(Path.Combine(folder, SegmentNames.Lock), FileMode.OpenOrCreate, FileShare.None);
            // A file can be deleted under us, and then be locked by another program; the folder cannot.
            if (FolderCalls.TryLock(folder, out var descriptor))
                return new Held(file, descriptor);
            file.Dispose();
            return null;
        }
        catch (IOException e) when (file is null && FolderCalls.IsLockedByAnother(e))
        {
            return null;
        }
    }

    private static void CreateFolder(string path, UnixFileMode mode)
    {
        if (Directory.Exists(path))
            return;

        var parent = Path.GetDirectoryName(path);
        if (parent is not null)
            CreateFolder(parent, Owner | UnixFileMode.UserExecute | Others);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, mode);
        if (parent is not null)
            FolderCalls.Flush(parent);
    }

    private static SafeFileHandle OpenOwn(string path, FileMode mode, FileShare share)
    {
        var handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, share);
        // Where that cannot be said, the folder's own rights are told of at the start.
        Quietly.Run(() =>
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(handle, Owner);
        });
        return handle;
    }

    private sealed record Held(SafeFileHandle File, SafeFileHandle? Folder) : IDisposable
    {
        public void Dispose()
        {
            Folder?.Dispose();
            File.Dispose();
        }
    }
}
