using System.Globalization;
using System.Text;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Backup;

/// <summary>
/// A small file in a folder that is a backup: whether that is whole. It goes when a program is started on the folder, which is a data folder like any other
/// from then on, and no backup may be written over it any more.
/// </summary>
internal static class BackupMark
{
    private const string Whole = "whole ";
    private const string UnderWay = "under way ";
    private const int Longest = 4096;

    /// <summary>Refuses a folder in which a backup was not finished.</summary>
    /// <exception cref="StoreFolderException">It is such a folder.</exception>
    public static void RequireWhole(IFileLayer files, string folder)
    {
        if (Read(files, folder) is not { } text || text.StartsWith(Whole, StringComparison.Ordinal))
            return;
        throw new StoreFolderException(folder, "holds a backup that was not finished. Run the backup once more, or start on another copy.");
    }

    /// <summary>True for a folder with a backup in it, whole or not.</summary>
    public static bool IsIn(IFileLayer files, string folder) => Read(files, folder) is not null;

    /// <summary>Says, durably, that the folder is being changed.</summary>
    public static void Begin(IFileLayer files, string folder, string of) => Write(files, folder, UnderWay + of);

    /// <summary>Says, durably, that it is whole.</summary>
    public static void End(IFileLayer files, string folder, string of, DateTimeOffset began) =>
        Write(files, folder, $"{Whole}as of {began.ToString("u", CultureInfo.InvariantCulture)}, {of}");

    private static string? Read(IFileLayer files, string folder)
    {
        try
        {
            using var file = files.Open(Path.Combine(folder, SegmentNames.Backup));
            var bytes = new byte[Longest];
            return Encoding.UTF8.GetString(bytes, 0, file.Read(bytes, 0));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Write(IFileLayer files, string folder, string text)
    {
        var path = Path.Combine(folder, SegmentNames.Backup);
        using (var file = files.Create(path + SegmentNames.Temporary))
        {
            file.Write(Encoding.UTF8.GetBytes(text), 0);
            file.Flush();
        }
        files.Move(path + SegmentNames.Temporary, path);
        files.FlushFolder(folder);
    }
}
