using System.Globalization;

namespace CallCenter.Runtime;

/// <summary>
/// When the program was started, this time and before: a history shows where its instance was taken up again, without a record in each.
/// </summary>
/// <remarks>A small text file, a time (UTC) to a line. It is never flushed and may be deleted: nothing but the marks is lost.</remarks>
internal sealed class StartLog
{
    /// <summary>The most starts that are remembered; older ones go.</summary>
    public const int MostKept = 1000;

    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private readonly List<DateTime> _starts;

    /// <param name="path">The file; null for none: then only this start is known.</param>
    /// <param name="now">When the program was started, this time (UTC).</param>
    public StartLog(string? path, DateTime now)
    {
        _starts = [.. Read(path).TakeLast(MostKept - 1), now];
        if (path is not null)
            Write(path);
    }

    /// <summary>The starts behind one time and up to another, oldest first.</summary>
    /// <param name="from">UTC.</param>
    /// <param name="to">UTC; null for until now.</param>
    public IReadOnlyList<DateTime> Within(DateTime from, DateTime? to) => [.. _starts.Where(start => start > from && (to is null || start <= to))];

    private static List<DateTime> Read(string? path)
    {
        var starts = new List<DateTime>();
        try
        {
            foreach (var line in path is null || !File.Exists(path) ? [] : File.ReadLines(path).Take(2 * MostKept))
            {
                if (DateTime.TryParseExact(line, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start))
                    starts.Add(start);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The marks are missing, then.
        }
        return starts;
    }

    private void Write(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new StreamWriter(path, options);
            foreach (var start in _starts)
                file.Write(start.ToString(Format, CultureInfo.InvariantCulture) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk must not keep the program from starting.
        }
    }
}
