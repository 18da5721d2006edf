using System.Diagnostics;
using CallCenter.Bench.Commits;
using CallCenter.Bench.Journal;
using CallCenter.Bench.Load;
using CallCenter.Bench.Machine;

namespace CallCenter.Bench.Measures;

/// <summary>What a backup takes while the program works, and what its callers see of it.</summary>
/// <param name="Bytes">What was copied.</param>
/// <param name="Copy">How long a plain copy of the same files takes, flushed at the end of each.</param>
/// <param name="First">How long the first backup took.</param>
/// <param name="Second">How long the next one took, which copies what is new.</param>
/// <param name="Before">The callers before it.</param>
/// <param name="During">The callers during the first one.</param>
internal sealed record BackupResult(long Bytes, TimeSpan Copy, TimeSpan First, TimeSpan Second, LoadResult Before, LoadResult During);

/// <summary>Measures it.</summary>
internal static class BackupUnderLoad
{
    private const int Callers = 8;
    private const int BytesPerCase = 1_990;

    public static async Task<BackupResult> RunAsync(BenchOptions options, IReadOnlyList<RecordedCase> recorded, Action<string, double> progress)
    {
        var (folder, copy, backup) = (Folders.Fresh(options, "filled"), Folders.Fresh(options, "copy"), Folders.Fresh(options, "backup"));
        var cases = (int)(((long)options.BackupMiB << 20) / BytesPerCase);
        await JournalFiller.FillAsync(folder, cases, recorded, done => progress($"filling a journal of {options.BackupMiB:N0} MiB", done));
        var bytes = JournalBytes.Of(folder).Written;
        progress("copying it", 0);
        var copied = Copy(folder, copy);
        using var server = StandaloneProcess.Start(folder);
        LoadRun.Run(server, Callers, options.WarmUp);
        progress("the callers before the backup", 0);
        var before = LoadRun.Run(server, Callers, options.Time);
        progress("backup", 0);
        var running = Task.Factory.StartNew(() => Backup(folder, backup), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var during = LoadRun.Run(server, Callers, () => !running.IsCompleted);
        var first = await running;
        var second = Backup(folder, backup);
        server.Dispose();
        foreach (var one in new[] { folder, copy, backup })
            Folders.Remove(one);
        return new(bytes, copied, first, second, before, during);
    }

    /// <summary>The whole command, with the start of its process.</summary>
    private static TimeSpan Backup(string folder, string to)
    {
        var began = Stopwatch.GetTimestamp();
        Tool.Run(StandaloneProcess.DotnetHost, to, StandaloneProcess.OwnProgram, "backup", folder, to);
        return Stopwatch.GetElapsedTime(began);
    }

    private static TimeSpan Copy(string folder, string to)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var file in Directory.GetFiles(folder, "*.journal"))
        {
            using var from = File.OpenRead(file);
            using var copy = File.Create(Path.Combine(to, Path.GetFileName(file)));
            from.CopyTo(copy, 1 << 20);
            copy.Flush(flushToDisk: true);
        }
        return Stopwatch.GetElapsedTime(began);
    }
}
