using CallCenter.Tests.Runtime;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Golden;

/// <summary>A copy of the data folder in the journal's format 1: opening a folder writes, and the golden one never changes.</summary>
internal sealed class GoldenFolder : IDisposable
{
    /// <summary>When the folder was left, on the clock of the program that made it.</summary>
    private static readonly DateTimeOffset LeftAt = new(2026, 1, 2, 12, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _copy = new();

    public GoldenFolder()
    {
        foreach (var file in Directory.EnumerateFiles(Of("journal")))
            File.Copy(file, System.IO.Path.Combine(_copy.Path, System.IO.Path.GetFileName(file)));
    }

    public string Path => _copy.Path;

    /// <summary>The files of a kind, by name.</summary>
    public string[] Files(string extension) => [.. Directory.EnumerateFiles(Path, "*" + extension).Order(StringComparer.Ordinal)];

    /// <summary>A golden file, or a folder of them.</summary>
    public static string Of(string name) => System.IO.Path.Combine(Repository.Root, "CallCenter.Tests", "Golden", "Format1", name);

    /// <summary>A clock that stands where the folder was left: what waits there for a time waits still.</summary>
    public static ManualClock Clock()
    {
        var clock = new ManualClock();
        clock.Advance(LeftAt - clock.GetUtcNow());
        return clock;
    }

    public void Dispose() => _copy.Dispose();
}
