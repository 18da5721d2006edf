using CallCenter.Tests.Runtime;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Golden;

/// <summary>A copy of a golden data folder: opening a folder writes, and the golden one never changes.</summary>
internal sealed class GoldenFolder : IDisposable
{
    /// <summary>When the folder was left, on the clock of the program that made it.</summary>
    private static readonly DateTimeOffset LeftAt = new(2026, 1, 2, 12, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _copy = new();

    public GoldenFolder(string format = "Format1")
    {
        foreach (var file in Directory.EnumerateFiles(Of("journal", format)))
            File.Copy(file, System.IO.Path.Combine(_copy.Path, System.IO.Path.GetFileName(file)));
    }

    public string Path => _copy.Path;

    /// <summary>The files of a kind, by name.</summary>
    public string[] Files(string extension) => [.. Directory.EnumerateFiles(Path, "*" + extension).Order(StringComparer.Ordinal)];

    /// <summary>A golden file, or a folder of them.</summary>
    public static string Of(string name, string format = "Format1") => System.IO.Path.Combine(Repository.Root, "CallCenter.Tests", "Golden", format, name);

    /// <summary>A clock that stands where the folder was left: what waits there for a time waits still.</summary>
    public static ManualClock Clock()
    {
        var clock = new ManualClock();
        clock.Advance(LeftAt - clock.GetUtcNow());
        return clock;
    }

    /// <summary>Makes the first batch of every sealed segment unsound, but none of its records: only its index file can tell what is in it.</summary>
    public void DamageSealedSegments()
    {
        foreach (var index in Files(".index"))
        {
            var path = System.IO.Path.ChangeExtension(index, ".journal");
            var bytes = File.ReadAllBytes(path);
            bytes[bytes.AsSpan().IndexOf("CCBT"u8)] ^= 0xFF;
            File.WriteAllBytes(path, bytes);
        }
    }

    public void Dispose() => _copy.Dispose();
}
