using System.Diagnostics;
using System.Globalization;
using System.Text;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Files;

/// <summary>Makes a folder a store's own, and keeps a second program and other users away from it.</summary>
internal static class FolderLock
{
    private const int LongestOwner = 1024;

    /// <summary>Takes the folder, which is created when there is none, and writes down who holds it.</summary>
    /// <exception cref="StoreLockedException">Another program has it.</exception>
    /// <exception cref="StoreFolderException">It is not a store's, or nothing can be written in it.</exception>
    public static IDisposable Take(StoreOptions options, IFileLayer files, ILogger logger)
    {
        var folder = options.Folder;
        try
        {
            files.CreateFolder(folder);
            var names = files.List(folder);
            RequireOwn(folder, names);
            var held = files.TryLock(folder) ?? throw new StoreLockedException(folder, ReadOwner(folder, files));
            WriteOwner(options, files);
            Restrict(folder, [folder, .. names.Where(SegmentNames.IsOwn).Select(name => Path.Combine(folder, name))], files, logger);
            return held;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreFolderException(
                folder, $"cannot be written: {e.Message} Mount it writable, let this program's user write in it, or choose another folder with --data.");
        }
    }

    /// <summary>Refuses a folder with files that are not a store's, unless a journal is among them.</summary>
    /// <exception cref="StoreFolderException">It is such a folder.</exception>
    public static void RequireOwn(string folder, IReadOnlyList<string> names)
    {
        if (names.Any(SegmentNames.IsJournal) || names.FirstOrDefault(name => !SegmentNames.IsOwn(name) && !IsOfTheSystem(name)) is not { } foreign)
            return;
        throw new StoreFolderException(
            folder, $"holds other files ('{foreign}') and no journal. Nothing in it was touched. Choose an empty folder with --data.");
    }

    // What file systems and desktops put into a folder by themselves, and placeholders of source control.
    private static bool IsOfTheSystem(string name) => name.StartsWith('.') || name is "lost+found" or "System Volume Information" or "$RECYCLE.BIN";

    private static void Restrict(string folder, IEnumerable<string> paths, IFileLayer files, ILogger logger)
    {
        try
        {
            if (paths.ToList().FindAll(files.Restrict).Count > 0)
            {
                logger.LogInformation(
                    "The folder '{Folder}' or files in it could be used by other users of this machine. Now only this user can.", folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(
                "Other users of this machine can read the journal, and that cannot be changed: {Reason} " +
                "Let only this program's user read '{Folder}' and its files.",
                e.Message, folder);
        }
    }

    private static void WriteOwner(StoreOptions options, IFileLayer files) =>
        // On a full disk the lock itself holds all the same.
        Quietly.Run(() =>
        {
            var since = options.Clock.GetUtcNow().ToString("u", CultureInfo.InvariantCulture);
            using var file = files.Create(Path.Combine(options.Folder, SegmentNames.LockOwner));
            file.Write(Encoding.UTF8.GetBytes($"process {Environment.ProcessId} on {Environment.MachineName} since {since}"), 0);
        });

    /// <summary>Who opened a folder last, if that was a process of this machine that still runs; null otherwise. Nothing is locked to find out.</summary>
    public static string? RunningOwner(string folder)
    {
        try
        {
            var owner = ReadOwner(folder, new DiskFileLayer(FileAccess.Read));
            var words = owner.Split(' ');
            if (words.Length < 4 || words[3] != Environment.MachineName || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var process))
                return null;
            using var running = Process.GetProcessById(process);
            return owner;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended.
            return null;
        }
    }

    private static string ReadOwner(string folder, IFileLayer files)
    {
        try
        {
            using var file = files.Open(Path.Combine(folder, SegmentNames.LockOwner));
            var bytes = new byte[LongestOwner];
            var read = file.Read(bytes, 0);
            return read == 0 ? "another program" : Encoding.UTF8.GetString(bytes, 0, read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "another program";
        }
    }
}
