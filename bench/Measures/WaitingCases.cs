using System.Diagnostics;
using System.Text.Json;
using CallCenter.Bench.Journal;
using CallCenter.Bench.Load;
using CallCenter.Bench.Machine;

namespace CallCenter.Bench.Measures;

/// <summary>What cases cost that wait for an agent.</summary>
/// <param name="Count">How many wait.</param>
/// <param name="Disk">What the journal takes.</param>
/// <param name="StartUp">From the start of the process to its first 202.</param>
/// <param name="WorkingSet">The memory of the server then, in bytes.</param>
/// <param name="Inbox">A page of those that wait, in milliseconds.</param>
/// <param name="Search">A search among them, in milliseconds.</param>
/// <param name="Load">Some seconds of load beside them.</param>
/// <param name="Deadlines">What happened when all their deadlines passed.</param>
internal sealed record WaitingResult(
    int Count, JournalBytes Disk, TimeSpan StartUp, long WorkingSet, Spread Inbox, Spread Search, LoadResult Load, DeadlinesResult Deadlines);

/// <summary>What one caller saw while all the deadlines passed, and when the last of the cases went on.</summary>
/// <param name="Within">The time between the first deadline and the last.</param>
/// <param name="Late">How long after the last deadline none waited any more; null when some still did.</param>
/// <param name="Caller">How long the caller's cases took.</param>
/// <param name="Slowest">The slowest of them, in milliseconds.</param>
/// <param name="Others">The cores that others used meanwhile.</param>
internal sealed record DeadlinesResult(TimeSpan Within, TimeSpan? Late, Latencies Caller, double Slowest, double? Others);

/// <summary>Measures them: fills a journal with them, starts the program on it, and sees their deadlines pass.</summary>
internal static class WaitingCases
{
    private const int LoadCallers = 64;
    private const int Reads = 11;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<WaitingResult> RunAsync(BenchOptions options, Action<string, double> progress)
    {
        var folder = Folders.Fresh(options, "waiting");
        // Time enough to write them, to take them up, and to measure beside them.
        var first = DateTime.UtcNow + options.WarmUp + options.Time + TimeSpan.FromSeconds(20) + options.Waiting * TimeSpan.FromMicroseconds(200);
        var recorded = await JournalFiller.RecordWaitingAsync(first);
        await JournalFiller.FillWaitingAsync(folder, options.Waiting, recorded, done => progress($"filling a journal with {options.Waiting:N0} cases that wait", done));
        var disk = JournalBytes.Of(folder);
        progress($"starting with {options.Waiting:N0} cases that wait", 1);
        using var server = StandaloneProcess.Start(folder, null, "--CallCenter:MaxUnfinished", "100000000", "--CallCenter:MaxPending", "100000000");
        var memory = server.WorkingSet;
        using var client = new HttpClient { BaseAddress = new Uri($"http://{server.Address}/"), Timeout = Patience };
        var inbox = await ReadsAsync(client, "api/cases?waiting=true&order=deadline&top=20");
        var search = await ReadsAsync(client, "api/cases?search=0a1b2c");
        LoadRun.Run(server, LoadCallers, options.WarmUp);
        var load = LoadRun.Run(server, LoadCallers, options.Time);
        var deadlines = await DeadlinesAsync(server, client, first, done => progress("waiting for their deadlines", done));
        server.Dispose();
        Folders.Remove(folder);
        return new(options.Waiting, disk, server.StartUp, memory, inbox, search, load, deadlines);
    }

    private static async Task<DeadlinesResult> DeadlinesAsync(StandaloneProcess server, HttpClient client, DateTime first, Action<double> progress)
    {
        var last = first + JournalFiller.Deadlines;
        while (DateTime.UtcNow < first)
        {
            progress(0);
            await Task.Delay(200);
        }
        var meter = new CpuMeter(server);
        using var over = new CancellationTokenSource();
        var times = new List<long>();
        var caller = new Thread(() => times = LoadRun.Call(server, () => !over.IsCancellationRequested));
        caller.Start();
        TimeSpan? late = null;
        while (late is null && DateTime.UtcNow < last + Patience)
        {
            await Task.Delay(250);
            using var health = JsonDocument.Parse(await client.GetStringAsync(new Uri("api/health", UriKind.Relative)));
            progress((DateTime.UtcNow - first) / (last - first));
            if (DateTime.UtcNow > last && health.RootElement.GetProperty("waiting").GetInt64() == 0)
                late = DateTime.UtcNow - last;
        }
        await over.CancelAsync();
        caller.Join();
        var latencies = new Latencies(times);
        return new(JournalFiller.Deadlines, late, latencies, latencies.Percentile(100), meter.Read().Others);
    }

    private static async Task<Spread> ReadsAsync(HttpClient client, string path)
    {
        var times = new List<double>();
        for (var read = 0; read <= Reads; read++)
        {
            var began = Stopwatch.GetTimestamp();
            await client.GetByteArrayAsync(new Uri(path, UriKind.Relative));
            // The first one finds code that was never run.
            if (read > 0)
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return Spread.Of(times);
    }
}
