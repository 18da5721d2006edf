using System.Globalization;

namespace CallCenter.Runtime.Storage.Journal;

internal static class SegmentNames
{
    /// <summary>The file that is locked while the store is open.</summary>
    public const string Lock = "lock";

    /// <summary>Who holds the lock: a second file, as nobody else can read the locked one.</summary>
    public const string LockOwner = "lock.owner";

    /// <summary>When the program was started; histories show it.</summary>
    public const string Starts = "starts";

    /// <summary>Says that the folder is a backup: see <see cref="Storage.Backup.BackupMark"/>.</summary>
    public const string Backup = "backup";

    /// <summary>The ending of a file that was not yet given its name; worth nothing.</summary>
    public const string Temporary = ".tmp";
    private const string NextName = "next" + Temporary;
    private const string JournalEnding = ".journal";
    private const string IndexEnding = ".index";
    private const int Digits = 10;

    public static string Journal(string folder, int segment) => Path.Combine(folder, Number(segment) + JournalEnding);

    public static string Index(string folder, int segment) => Path.Combine(folder, Number(segment) + IndexEnding);

    public static string Next(string folder) => Path.Combine(folder, NextName);

    /// <summary>True for a file that was not yet given its name.</summary>
    public static bool IsTemporary(string name) =>
        name is NextName or Backup + Temporary or Starts + Temporary
        || TryParse(name, IndexEnding + Temporary) is not null || TryParse(name, JournalEnding + Temporary) is not null;

    /// <summary>True for a segment's file.</summary>
    public static bool IsJournal(string name) => TryParseJournal(name) is not null;

    /// <summary>True for the name of a file that the program makes: no other is ever touched.</summary>
    public static bool IsOwn(string name) =>
        name is Lock or LockOwner or "recovering" or Starts or Backup || IsJournal(name) || IsTemporary(name) || TryParseIndex(name) is not null;

    /// <summary>The segment number of a segment's file; null for any other.</summary>
    public static int? TryParseJournal(string name) => TryParse(name, JournalEnding);

    /// <summary>The segment number of an index; null for any other file.</summary>
    public static int? TryParseIndex(string name) => TryParse(name, IndexEnding);

    private static int? TryParse(string name, string ending) =>
        name.Length == Digits + ending.Length
        && name.EndsWith(ending, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Number(int segment) => segment.ToString("D10", CultureInfo.InvariantCulture);
}
