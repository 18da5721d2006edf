using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>
/// What a folder's journal holds, read and left as it is. The folder may be that of a running program: no lock is taken, nothing is written, and what comes
/// in after the reading is not seen.
/// </summary>
internal sealed class JournalView : IDisposable
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    private readonly JournalRecovery _journal;

    private JournalView(JournalRecovery journal, string folder)
    {
        (_journal, Folder) = (journal, folder);
        Instances = new InstanceReader(journal.Table, journal.Segments, new object());
        Unfinished = UnfinishedInstances.Read(journal.Table, journal.Segments, withResting: true);
    }

    public string Folder { get; }

    public SegmentSet Segments => _journal.Segments;

    public InstanceTable Table => _journal.Table;

    /// <summary>Reads what has ended.</summary>
    public InstanceReader Instances { get; }

    /// <summary>What has not, oldest first.</summary>
    public IReadOnlyList<StoredInstance> Unfinished { get; }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="StoreException">It is no store's, or its journal cannot be read.</exception>
    public static JournalView Read(StoreOptions options, CancellationToken cancellation) => Read(options, new DiskFileLayer(FileAccess.Read), cancellation);

    internal static JournalView Read(StoreOptions options, IFileLayer files, CancellationToken cancellation)
    {
        // While a program writes, a file may go between the look at the folder and its opening, and two parts of a file be of different moments. That
        // looks like damage, but never twice like the same.
        for (string? before = null; ; Thread.Sleep(BetweenAttempts))
        {
            try
            {
                return ReadOnce(options, files, cancellation);
            }
            catch (Exception failure) when (failure is StoreDamagedException or FileNotFoundException or ObjectDisposedException)
            {
                if (failure.Message == before)
                    throw;
                before = failure.Message;
            }
        }
    }

    public void Dispose() => _journal.Close();

    private static JournalView ReadOnce(StoreOptions options, IFileLayer files, CancellationToken cancellation)
    {
        // What it has to say is for whoever goes on with the journal.
        var journal = new JournalRecovery(options, files, NullLogger.Instance);
        try
        {
            FolderLock.RequireOwn(options.Folder, files.List(options.Folder));
            journal.Read(cancellation);
            return new JournalView(journal, options.Folder);
        }
        catch
        {
            journal.Close();
            throw;
        }
    }
}
