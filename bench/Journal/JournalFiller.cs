using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Workflows.CallCenter;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Bench.Journal;

/// <summary>
/// Fills a journal with ended cases faster than they could be run: a few real cases are run on a store that records what it is given,
/// and the real store is then given just that, again and again under new ids. Record for record it is what the program writes.
/// </summary>
internal static class JournalFiller
{
    private const int CasesRecorded = 32;
    private const int CasesPerFlush = 64;

    /// <summary>The time over which the deadlines of recorded cases that wait are spread.</summary>
    public static readonly TimeSpan Deadlines = TimeSpan.FromMinutes(1);

    private static readonly OrchestrationRegistry Registry = CallCenterAlone();

    /// <summary>Runs some cases and keeps what they wrote.</summary>
    public static async Task<IReadOnlyList<RecordedCase>> RecordAsync()
    {
        var store = new RecordingStore();
        await using var runtime = new EmbeddedRuntime(Registry, store, new RuntimeOptions(), TimeProvider.System, NullLogger.Instance);
        using var client = new EmbeddedClient(runtime);
        for (var i = 0; i < CasesRecorded; i++)
        {
            var id = await client.ScheduleAsync("CallCenterOrchestrator", new CaseInput { InputCaseId = "001" }, null, CancellationToken.None);
            await client.WaitForCompletionAsync(id!, TimeSpan.FromSeconds(30), CancellationToken.None);
        }
        return store.Ended;
    }

    /// <summary>Runs some cases until they wait for an agent, and keeps what they wrote.</summary>
    /// <param name="firstDeadline">When the first of their deadlines is (UTC); the last is <see cref="Deadlines"/> later.</param>
    public static async Task<IReadOnlyList<RecordedCase>> RecordWaitingAsync(DateTime firstDeadline)
    {
        var store = new RecordingStore();
        // As all do but the last of many.
        await using var runtime = new EmbeddedRuntime(Registry, store, new RuntimeOptions { MaxIdle = 0 }, TimeProvider.System, NullLogger.Instance);
        using var client = new EmbeddedClient(runtime);
        var lead = firstDeadline - DateTime.UtcNow;
        for (var second = 0; second <= Deadlines.TotalSeconds; second++)
        {
            var input = new CaseInput { InputCaseId = "001", WorkMode = WorkMode.Agent, AgentDeadlineSeconds = (int)lead.TotalSeconds + second };
            await client.ScheduleAsync("CallCenterOrchestrator", input, null, CancellationToken.None);
        }
        while (runtime.Resting.Count <= Deadlines.TotalSeconds)
            await Task.Delay(10);
        return store.Open;
    }

    /// <summary>Adds cases to a journal that wait for an agent.</summary>
    public static async Task FillWaitingAsync(string folder, int count, IReadOnlyList<RecordedCase> recorded, Action<double> progress)
    {
        await using var store = await OpenAsync(Options(folder) with { UpkeepInterval = TimeSpan.FromSeconds(1) });
        for (var done = 0; done < count; done += CasesPerFlush)
        {
            var last = 0L;
            for (var index = done; index < Math.Min(done + CasesPerFlush, count); index++)
            {
                var (number, one) = Start(store, recorded[index % recorded.Count]);
                foreach (var item in one.Events)
                    last = store.Append(number, item);
                store.Rest(number, one.Note);
            }
            await DurableWaiter.WaitAsync(store.NotifyWhenDurable, last);
            progress((double)done / count);
        }
        await IndexedAsync(folder);
    }

    /// <summary>Opens the store of a folder, as the program does.</summary>
    public static Task<InstanceStore> OpenAsync(string folder) => OpenAsync(Options(folder));

    /// <summary>Adds ended cases to a journal.</summary>
    public static async Task FillAsync(string folder, int count, IReadOnlyList<RecordedCase> recorded, Action<double> progress)
    {
        await using var store = await OpenAsync(Options(folder) with { UpkeepInterval = TimeSpan.FromSeconds(1) });
        for (var done = 0; done < count; done += CasesPerFlush)
        {
            // Side by side, as they are under load: each flush takes one step of all of them.
            var batch = Enumerable.Range(done, Math.Min(CasesPerFlush, count - done)).Select(index => Start(store, recorded[index % recorded.Count])).ToList();
            for (var step = 0; step < recorded.Max(one => one.Events.Count); step++)
            {
                foreach (var (number, one) in batch.Where(open => step < open.Case.Events.Count))
                    store.Append(number, one.Events[step]);
            }
            var last = batch.Max(open => store.Finish(open.Number, open.Case.Status, DateTime.UtcNow, open.Case.Archive));
            await DurableWaiter.WaitAsync(store.NotifyWhenDurable, last);
            progress((double)done / count);
        }
        await IndexedAsync(folder);
    }

    /// <summary>A store that had its usual time would have written an index beside every segment but the last: it gets that time.</summary>
    private static async Task IndexedAsync(string folder)
    {
        int Count(string ending) => Directory.GetFiles(folder, "*" + ending).Length;
        for (var began = Environment.TickCount64; Count(".index") < Count(".journal") - 1 && Environment.TickCount64 - began < 60_000;)
            await Task.Delay(100);
    }

    private static StoreOptions Options(string folder) => new() { Folder = folder, NameOf = HistoryReader.NameOf, KeyOf = Registry.KeyOf };

    private static Task<InstanceStore> OpenAsync(StoreOptions options) =>
        InstanceStore.OpenAsync(options, new DiskFileLayer(), NullLogger.Instance, CancellationToken.None);

    private static OrchestrationRegistry CallCenterAlone()
    {
        var registry = new OrchestrationRegistry();
        new CallCenterWorkflow(new CaseActivities(new CoinTossWorker(resolveProbability: 0.5))).Register(registry);
        return registry;
    }

    private static (long Number, RecordedCase Case) Start(InstanceStore store, RecordedCase one) =>
        (store.TryStart(Guid.NewGuid().ToString("N"), DateTime.UtcNow, one.First)!.Value.Number, one);
}
