using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Runtime;

/// <summary>A list of one orchestration, its counts and its filters, whatever there is of others.</summary>
public sealed class ListByOrchestrationTests
{
    private const int Commons = 300;
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TestDisk _disk = new(1);

    [Fact]
    public async Task Query_RareOrchestrationAmongMany_ReadsNoneOfTheOthers()
    {
        await using (var first = await Program.StartAsync(_disk))
            await first.FillAsync();
        await using var program = await Program.StartAsync(_disk);
        var reads = _disk.Reads;

        var page = await program.QueryAsync(new OrchestrationQuery { Name = "Rare" });

        Assert.Equal(["rare 2", "rare 1", "rare 0"], page.Instances.Select(state => state.InstanceId));
        Assert.Null(page.ContinuationToken);
        // The archives of the two that have ended; the third is in memory.
        Assert.Equal(2, _disk.Reads - reads);
    }

    [Fact]
    public async Task Query_PageByPage_GivesEachOfTheNameOnce()
    {
        await using var program = await Program.StartAsync(_disk);
        await program.FillAsync();

        var first = await program.QueryAsync(new OrchestrationQuery { Name = "Rare", Top = 2 });
        var second = await program.QueryAsync(new OrchestrationQuery { Name = "Rare", Top = 2, ContinuationToken = first.ContinuationToken });

        Assert.Equal(["rare 2", "rare 1"], first.Instances.Select(state => state.InstanceId));
        Assert.Equal(["rare 0"], second.Instances.Select(state => state.InstanceId));
        Assert.Null(second.ContinuationToken);
    }

    [Fact]
    public async Task Query_RareStatusAmongMany_ReadsNoneOfTheOthers()
    {
        await using var program = await Program.StartAsync(_disk);
        await program.FillAsync();
        await program.Client.TerminateAsync("rare 2", null, None);
        await program.Client.EndAsync("rare 2");
        var reads = _disk.Reads;

        var page = await program.QueryAsync(new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Terminated] });

        Assert.Equal("rare 2", Assert.Single(page.Instances).InstanceId);
        Assert.Equal(1, _disk.Reads - reads);
    }

    [Fact]
    public async Task Counts_OfAnOrchestration_CountNoOthers()
    {
        await using var program = await Program.StartAsync(_disk);
        await program.FillAsync();

        await AssertCountsAsync(program, "Rare", completed: 2, running: 1, suspended: 0);
        await AssertCountsAsync(program, "Common", completed: Commons, running: 0, suspended: 0);
        await AssertCountsAsync(program, null, completed: Commons + 2, running: 1, suspended: 0);
        await AssertCountsAsync(program, "Unknown", completed: 0, running: 0, suspended: 0);
        await program.Client.SuspendAsync("rare 2", null, None);
        await AssertCountsAsync(program, "Rare", completed: 2, running: 0, suspended: 1);
        await program.DisposeAsync();

        await using var again = await Program.StartAsync(_disk);
        await AssertCountsAsync(again, "Rare", completed: 2, running: 0, suspended: 1);
        await again.Client.ResumeAsync("rare 2", null, None);
        await again.Client.TerminateAsync("rare 2", null, None);
        await again.Client.EndAsync("rare 2");
        await AssertCountsAsync(again, "Rare", completed: 2, running: 0, suspended: 0);
        await AssertCountsAsync(again, "Common", completed: Commons, running: 0, suspended: 0);
    }

    [Fact]
    public async Task Query_SuspendedOrRunning_GivesThoseShownSo()
    {
        await using var program = await Program.StartAsync(_disk);
        await program.FillAsync();
        await program.Client.SuspendAsync("rare 2", null, None);

        var suspended = await program.QueryAsync(new OrchestrationQuery { Name = "Rare", Statuses = [OrchestrationRuntimeStatus.Suspended] });
        var running = await program.QueryAsync(new OrchestrationQuery { Name = "Rare", Statuses = [OrchestrationRuntimeStatus.Running] });

        Assert.Equal("rare 2", Assert.Single(suspended.Instances).InstanceId);
        Assert.Empty(running.Instances);
    }

    [Fact]
    public async Task Purge_OfAnOrchestration_LeavesTheOthers()
    {
        await using var program = await Program.StartAsync(_disk);
        await program.FillAsync();

        Assert.Equal(2, await program.Client.PurgeAsync(new OrchestrationQuery { Name = "Rare" }, None));
        Assert.Equal(0, await program.Client.PurgeAsync(new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Running] }, None));

        Assert.Equal("rare 2", Assert.Single((await program.QueryAsync(new OrchestrationQuery { Name = "Rare" })).Instances).InstanceId);
        await AssertCountsAsync(program, null, completed: Commons, running: 1, suspended: 0);
    }

    private static async Task AssertCountsAsync(Program program, string? name, long completed, long running, long suspended)
    {
        var counts = (await program.QueryAsync(new OrchestrationQuery { Name = name, Top = 1 })).Counts!;
        Assert.Equal(
            (completed, running, suspended),
            (counts[OrchestrationRuntimeStatus.Completed], counts.GetValueOrDefault(OrchestrationRuntimeStatus.Running), counts.GetValueOrDefault(OrchestrationRuntimeStatus.Suspended)));
    }

    /// <summary>A program with two orchestrations on the real store.</summary>
    private sealed class Program : IAsyncDisposable
    {
        private readonly EmbeddedRuntime _runtime;

        private Program(InstanceStore store)
        {
            var registry = new OrchestrationRegistry();
            registry.AddOrchestration<string, string>("Common", (_, input) => Task.FromResult(input));
            registry.AddOrchestration<string, string>("Rare", async (context, input) =>
                input == "wait" ? await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromDays(1)) : input);
            _runtime = new EmbeddedRuntime(registry, store, new RuntimeOptions(), TimeProvider.System, NullLogger.Instance);
            Client = new EmbeddedClient(_runtime);
        }

        public EmbeddedClient Client { get; }

        public static async Task<Program> StartAsync(TestDisk disk)
        {
            var options = new StoreOptions
            {
                Folder = "/data",
                NameOf = HistoryReader.NameOf,
                FirstSegmentBytes = 16 << 10,
                LargestSegmentBytes = 32 << 10,
                UpkeepInterval = Timeout.InfiniteTimeSpan,
            };
            return new Program(await StoreTesting.OpenAsync(options, disk));
        }

        public Task<OrchestrationPage> QueryAsync(OrchestrationQuery query) => Client.QueryAsync(query, None);

        /// <summary>Three of the rare ones, the last of them waiting, among many others that have ended.</summary>
        public async Task FillAsync()
        {
            for (var i = 0; i <= Commons; i++)
            {
                if (i % (Commons / 2) == 0)
                    await Client.ScheduleAsync("Rare", i < Commons ? "done" : "wait", $"rare {i / (Commons / 2)}", None);
                if (i < Commons)
                    await Client.ScheduleAsync("Common", "done", $"common {i}", None);
            }
            await Eventually.TrueAsync(async () =>
                (await QueryAsync(new OrchestrationQuery { Top = 1 })).Counts!.GetValueOrDefault(OrchestrationRuntimeStatus.Running) == 1);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _runtime.DisposeAsync();
        }
    }
}
