using System.Globalization;

namespace CallCenter.Standalone.Hosting;

/// <summary>How many connections may be open at a time. Each takes one of the process's file descriptors, and a process that has none left ends.</summary>
internal static class ConnectionLimit
{
    private const string Limits = "/proc/self/limits";

    /// <summary>What the program has open with no connection at all (about 190 files, most of them .NET's), and a few of the journal's.</summary>
    private const int Own = 224;

    /// <summary>
    /// What is wanted, but no more than half of the files that the process may have open,
    /// and what the program itself needs left over: the journal grows.
    /// </summary>
    public static int Of(int wanted) => OpenFiles() is { } files ? Math.Min(wanted, Math.Max(8, Math.Min(files / 2, files - Own))) : wanted;

    /// <summary>The limit of open files; null where there is none or nobody says.</summary>
    private static int? OpenFiles()
    {
        try
        {
            const string name = "Max open files";
            var line = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            var soft = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var files) ? files : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
