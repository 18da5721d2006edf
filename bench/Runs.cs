using CallCenter.Bench.Commits;
using CallCenter.Bench.Journal;
using CallCenter.Bench.Load;
using CallCenter.Bench.Machine;
using CallCenter.Bench.Measures;
using CallCenter.Bench.Report;

namespace CallCenter.Bench;

/// <summary>What the command line can ask for.</summary>
internal static class Runs
{
    private static readonly ProgressBar Bar = new();

    public static Task RunAsync(BenchOptions options) => options.Measure switch
    {
        Measure.Commits => CommitsAsync(options),
        Measure.Waiting => WaitingAsync(options),
        Measure.Backup => BackupAsync(options),
        Measure.Peers => PeersAsync(options),
        _ => AllAsync(options),
    };

    private static async Task AllAsync(BenchOptions options)
    {
        var recorded = await JournalFiller.RecordAsync();
        var folder = Folders.Fresh(options, "empty");
        var machine = MachineDescription.Of(folder);
        AloneResult alone;
        IReadOnlyList<ThroughputResult> throughput;
        double bytesPerCase;
        using (var server = StandaloneProcess.Start(folder))
        {
            Bar.Show("warming up", 0);
            LoadRun.Run(server, 64, options.WarmUp);
            alone = OneCaseAlone.Run(server, folder, recorded, options.CasesAlone, done => Bar.Show("one case alone", done));
            throughput = Throughput.Run(server, options, Bar.Show);
            bytesPerCase = JournalBytes.Of(folder).Written / (double)await server.CountFinishedAsync();
        }
        Folders.Remove(folder);

        var finished = await FinishedCases.RunAsync(options, recorded, Bar.Show);
        var waiting = await WaitingCases.RunAsync(options, Bar.Show);
        var backup = await BackupUnderLoad.RunAsync(options, recorded, Bar.Show);
        var figures = new Figures(machine, DateTime.UtcNow, throughput, alone, bytesPerCase, finished, waiting, backup);
        Write("RESULTS.md", MarkdownReport.Of(figures) + "![Throughput and latency against the number of callers](RESULTS.svg)\n");
        await File.WriteAllTextAsync(Path.Combine(Folders.Results, "RESULTS.svg"), Plot.Of(figures));
    }

    private static async Task WaitingAsync(BenchOptions options) =>
        Write("WAITING.md", MarkdownReport.Of(await WaitingCases.RunAsync(options, Bar.Show)));

    private static async Task BackupAsync(BenchOptions options) =>
        Write("BACKUP.md", MarkdownReport.Of(await BackupUnderLoad.RunAsync(options, await JournalFiller.RecordAsync(), Bar.Show)));

    private static Task CommitsAsync(BenchOptions options)
    {
        var programs = Directory.CreateTempSubdirectory("callcenter-bench-").FullName;
        using var leftover = Leftovers.Add(() => Folders.Remove(programs));
        try
        {
            var builds = CommitBuild.Last(options.Commits, programs, Bar.Show);
            var results = CommitComparison.Run(builds, options, Bar.Show);
            Write("COMMITS.md", CommitReport.Of(MachineDescription.Of(Folders.Results), results));
        }
        finally
        {
            Folders.Remove(programs);
        }
        return Task.CompletedTask;
    }

    private static Task PeersAsync(BenchOptions options)
    {
        var results = PeerComparison.Run(options, Bar.Show);
        Write("PEERS.md", PeerReport.Of(MachineDescription.Of(Folders.Results), results, options.Rounds));
        return Task.CompletedTask;
    }

    private static void Write(string file, string report)
    {
        Bar.Clear();
        Console.WriteLine(report);
        var path = Path.Combine(Folders.Results, file);
        File.WriteAllText(path, report);
        Console.WriteLine($"Written to {path}");
    }
}
