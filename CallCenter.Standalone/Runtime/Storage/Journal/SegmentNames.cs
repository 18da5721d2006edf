using System.Globalization;

namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>The names of the files in a store's folder.</summary>
internal static class SegmentNames
{
    /// <summary>The file that is locked while the store is open.</summary>
    public const string Lock = "lock";

    /// <summary>Who holds the lock: a second file, as nobody else can read the locked one.</summary>
    public const string LockOwner = "lock.owner";

    /// <summary>A file that was not yet given its name; worth nothing.</summary>
    public const string Temporary = ".tmp";

    private const string JournalEnding = ".journal";

    /// <summary>The file of a segment.</summary>
    public static string Journal(string folder, int segment) => Path.Combine(folder, Number(segment) + JournalEnding);

    /// <summary>The index of a sealed segment.</summary>
    public static string Index(string folder, int segment) => Path.Combine(folder, Number(segment) + ".index");

    /// <summary>The next segment while it is prepared.</summary>
    public static string Next(string folder) => Path.Combine(folder, "next" + Temporary);

    /// <summary>The segment number of a file; null when it is no segment's.</summary>
    public static int? TryParse(string name) =>
        name.EndsWith(JournalEnding, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(0, name.Length - JournalEnding.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Number(int segment) => segment.ToString("D10", CultureInfo.InvariantCulture);
}
