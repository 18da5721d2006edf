using CallCenter.Bench;
using CallCenter.Bench.Journal;
using CallCenter.Bench.Load;
using CallCenter.Bench.Machine;
using CallCenter.Bench.Measures;
using CallCenter.Bench.Report;

if (BenchOptions.Read(args) is not { } options)
{
    Console.WriteLine(BenchOptions.Help);
    return args is ["--help"] or ["-h"] ? 0 : 2;
}

var bar = new ProgressBar();
var recorded = await JournalFiller.RecordAsync();

var folder = Folders.Fresh(options, "empty");
var machine = MachineDescription.Of(folder);
AloneResult alone;
IReadOnlyList<ThroughputResult> throughput;
double bytesPerCase;
using (var server = StandaloneProcess.Start(folder))
{
    bar.Show("warming up", 0);
    LoadRun.Run(server, 64, options.WarmUp);
    alone = OneCaseAlone.Run(server, folder, recorded, options.CasesAlone, done => bar.Show("one case alone", done));
    throughput = Throughput.Run(server, options, bar.Show);
    bytesPerCase = JournalBytes.Of(folder).Written / (double)await server.CountFinishedAsync();
}
Folders.Remove(folder);

var finished = await FinishedCases.RunAsync(options, recorded, bar.Show);
bar.Clear();

var figures = new Figures(machine, DateTime.UtcNow, throughput, alone, bytesPerCase, finished);
var report = MarkdownReport.Of(figures);
Console.WriteLine(report);
File.WriteAllText(Path.Combine(Folders.Results, "RESULTS.md"), report + "![Throughput and latency against the number of callers](RESULTS.svg)\n");
File.WriteAllText(Path.Combine(Folders.Results, "RESULTS.svg"), Plot.Of(figures));
Console.WriteLine($"Written to {Folders.Results}");
return 0;
