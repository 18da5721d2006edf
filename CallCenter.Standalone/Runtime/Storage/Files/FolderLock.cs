using System.Globalization;
using System.Text;

namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>Keeps a second program away from a store's folder.</summary>
internal static class FolderLock
{
    private const int LongestOwner = 1024;

    /// <summary>Takes the lock and writes down who holds it.</summary>
    /// <exception cref="StoreLockedException">Another program has it.</exception>
    public static IDisposable Take(string folder, IFileLayer files, TimeProvider clock)
    {
        var ownerFile = Path.Combine(folder, SegmentNames.LockOwner);
        var held = files.TryLock(Path.Combine(folder, SegmentNames.Lock));
        if (held is null) throw new StoreLockedException(folder, ReadOwner(ownerFile, files));

        try
        {
            var since = clock.GetUtcNow().ToString("u", CultureInfo.InvariantCulture);
            using var file = files.Create(ownerFile);
            file.Write(Encoding.UTF8.GetBytes($"process {Environment.ProcessId} on {Environment.MachineName} since {since}"), 0);
            return held;
        }
        catch (IOException)
        {
            // A full disk: the lock itself holds all the same.
            return held;
        }
    }

    private static string ReadOwner(string ownerFile, IFileLayer files)
    {
        try
        {
            using var file = files.Open(ownerFile);
            var bytes = new byte[LongestOwner];
            var read = file.Read(bytes, 0);
            return read == 0 ? "another program" : Encoding.UTF8.GetString(bytes, 0, read);
        }
        catch (IOException)
        {
            return "another program";
        }
    }
}
