using CallCenter.Bench.Journal;
using CallCenter.Bench.Load;
using CallCenter.Bench.Machine;

namespace CallCenter.Bench.Measures;

/// <summary>What finished cases cost.</summary>
/// <param name="Count">How many lie there.</param>
/// <param name="Disk">What the journal takes.</param>
/// <param name="StartUp">From the start of the process to its first 202.</param>
/// <param name="WorkingSet">The memory of the server then, in bytes.</param>
/// <param name="IndexBytes">What the store keeps in memory for each of them; null when there are none.</param>
/// <param name="Load">Some seconds of load beside them.</param>
internal sealed record FinishedResult(int Count, JournalBytes Disk, TimeSpan StartUp, long WorkingSet, double? IndexBytes, LoadResult Load);

/// <summary>Measures it: fills a journal, starts the program on it, and lets it work.</summary>
internal static class FinishedCases
{
    private const int LoadCallers = 64;

    public static async Task<IReadOnlyList<FinishedResult>> RunAsync(
        BenchOptions options, IReadOnlyList<RecordedCase> recorded, Action<string, double> progress)
    {
        var results = new List<FinishedResult>();
        foreach (var count in options.Finished)
        {
            var folder = Folders.Fresh(options, "filled");
            await JournalFiller.FillAsync(folder, count, recorded, done => progress($"filling a journal with {count:N0} cases", done));
            progress($"starting with {count:N0} finished cases", 1);
            results.Add(await MeasureAsync(options, folder, count));
            Folders.Remove(folder);
        }
        return results;
    }

    private static async Task<FinishedResult> MeasureAsync(BenchOptions options, string folder, int count)
    {
        var disk = JournalBytes.Of(folder);
        double? index = count == 0 ? null : await IndexBytesAsync(folder) / count;
        var starts = new List<(TimeSpan StartUp, long WorkingSet)>();
        for (var start = 1; start < options.Starts; start++)
        {
            using var once = StandaloneProcess.Start(folder);
            starts.Add((once.StartUp, once.WorkingSet));
        }
        using var server = StandaloneProcess.Start(folder);
        starts.Add((server.StartUp, server.WorkingSet));
        starts.Sort();
        LoadRun.Run(server, LoadCallers, options.WarmUp);
        var load = LoadRun.Run(server, LoadCallers, options.Time);
        return new(count, disk, starts[starts.Count / 2].StartUp, starts[starts.Count / 2].WorkingSet, index, load);
    }

    /// <summary>The store alone, opened here, because what a whole process holds is mostly not it.</summary>
    private static async Task<double> IndexBytesAsync(string folder)
    {
        // Off the stack of the store that filled the folder: while that has not returned, it holds its index too.
        await Task.Yield();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var store = await JournalFiller.OpenAsync(folder);
        store.TakeUnfinished();
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(store);
        return bytes;
    }
}
