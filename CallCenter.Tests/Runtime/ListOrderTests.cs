using System.Text.Json.Serialization;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Runtime;

/// <summary>The orders of a list, its total, and those that wait.</summary>
public sealed class ListOrderTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTime Deadline = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TestDisk _disk = new(1);

    [Theory]
    [InlineData(OrchestrationOrder.Newest, "e4 w3 e2 w1 e0")]
    [InlineData(OrchestrationOrder.Oldest, "e0 w1 e2 w3 e4")]
    [InlineData(OrchestrationOrder.Deadline, "w3 w1")]
    public async Task Query_Order_IsKeptOverAllPages(OrchestrationOrder order, string wanted)
    {
        await using var program = await FilledAsync();

        for (var top = 1; top <= 6; top++)
            Assert.Equal((wanted, wanted.Split(' ').Length), await AllAsync(program, new OrchestrationQuery { Name = "Waits", Order = order, Top = top }));
        // With a filter it goes another way, to the same.
        Assert.Equal((wanted, wanted.Split(' ').Length), await AllAsync(program, new OrchestrationQuery { Name = "Waits", Order = order, Top = 2, CreatedFrom = DateTime.UnixEpoch }));
    }

    [Fact]
    public async Task Query_ByDuration_TakesTheOnesUnderWayUntilNow()
    {
        await using var program = await FilledAsync();

        var (longest, total) = await AllAsync(program, new OrchestrationQuery { Name = "Waits", Order = OrchestrationOrder.Longest, Top = 2 });
        var (shortest, _) = await AllAsync(program, new OrchestrationQuery { Name = "Waits", Order = OrchestrationOrder.Shortest, Top = 2 });

        Assert.Equal(5, total);
        Assert.StartsWith("w1 w3 ", longest, StringComparison.Ordinal);
        Assert.EndsWith(" w3 w1", shortest, StringComparison.Ordinal);
        var ended = (await program.QueryAsync(new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Completed], Name = "Waits", Order = OrchestrationOrder.Shortest })).Instances;
        Assert.Equal(ended.Select(state => state.LastUpdatedAt - state.CreatedAt).Order(), ended.Select(state => state.LastUpdatedAt - state.CreatedAt));
    }

    [Fact]
    public async Task Query_Waiting_GivesThoseThatWait()
    {
        await using (var program = await FilledAsync())
        {
            Assert.Equal(("w3 w1", 2), await AllAsync(program, new OrchestrationQuery { Name = "Waits", Waiting = true, Top = 1 }));
            Assert.Equal(("w1 w3", 2), await AllAsync(program, new OrchestrationQuery { Name = "Waits", Waiting = true, Order = OrchestrationOrder.Oldest }));
            Assert.Equal(("", 0), await AllAsync(program, new OrchestrationQuery { Name = "Waits", Waiting = true, Statuses = [OrchestrationRuntimeStatus.Completed] }));
            Assert.Equal(new WaitingCounts(2, 0), (await program.QueryAsync(new OrchestrationQuery { Name = "Waits" })).Waiting);
            Assert.Equal(new WaitingCounts(0, 0), (await program.QueryAsync(new OrchestrationQuery { Name = "Common" })).Waiting);
        }

        // After a restart too; and no more once the answer has come.
        await using var again = await ListProgram.StartAsync(_disk);
        Assert.Equal(("w3 w1", 2), await AllAsync(again, new OrchestrationQuery { Name = "Waits", Waiting = true }));
        await again.Client.RaiseEventAsync("w3", "Go", "now", None);
        await again.Client.EndAsync("w3");
        Assert.Equal(("w1", 1), await AllAsync(again, new OrchestrationQuery { Name = "Waits", Order = OrchestrationOrder.Deadline }));
        await again.Client.TerminateAsync("w1", null, None);
        await again.Client.EndAsync("w1");
        Assert.Equal(new WaitingCounts(0, 0), (await again.QueryAsync(new OrchestrationQuery { Name = "Waits" })).Waiting);
    }

    [Fact]
    public async Task Query_WithoutDeadlineOrBehindIt_StandsWhereItBelongs()
    {
        await using var program = await ListProgram.StartAsync(_disk);
        await program.Client.ScheduleAsync("Waits", "wait for ever", "ever", None);
        await program.Client.ScheduleAsync("Waits", "wait 2001-01-01", "late", None);
        await program.Client.ScheduleAsync("Waits", "wait 2040-01-01", "early", None);
        await Eventually.TrueAsync(async () => (await program.QueryAsync(new OrchestrationQuery { Name = "Waits" })).Waiting == new WaitingCounts(3, 1));

        Assert.Equal(("late early ever", 3), await AllAsync(program, new OrchestrationQuery { Name = "Waits", Order = OrchestrationOrder.Deadline, Top = 2 }));
    }

    [Fact]
    public async Task Query_Total_CountsWhatFits()
    {
        await using var program = await FilledAsync();
        await program.Client.SuspendAsync("w1", null, None);

        async Task<long?> TotalAsync(OrchestrationQuery query) => (await program.QueryAsync(query with { Top = 1 })).Total;

        Assert.Equal(5, await TotalAsync(new OrchestrationQuery { Name = "Waits" }));
        Assert.Equal(3, await TotalAsync(new OrchestrationQuery { Name = "Waits", Statuses = [OrchestrationRuntimeStatus.Completed] }));
        Assert.Equal(1, await TotalAsync(new OrchestrationQuery { Name = "Waits", Statuses = [OrchestrationRuntimeStatus.Suspended] }));
        Assert.Equal(1, await TotalAsync(new OrchestrationQuery { Name = "Waits", Statuses = [OrchestrationRuntimeStatus.Suspended], Order = OrchestrationOrder.Oldest }));
        Assert.Equal(0, await TotalAsync(new OrchestrationQuery { Name = "Waits", CreatedTo = DateTime.UnixEpoch }));
        Assert.Equal(205, await TotalAsync(new OrchestrationQuery { CreatedFrom = DateTime.UnixEpoch }));
    }

    [Fact]
    public async Task Query_TokenOfAnotherOrder_IsRefused()
    {
        await using var program = await FilledAsync();
        var token = (await program.QueryAsync(new OrchestrationQuery { Name = "Waits", Order = OrchestrationOrder.Oldest, Top = 1 })).ContinuationToken;

        await Assert.ThrowsAsync<InvalidContinuationTokenException>(() => program.QueryAsync(new OrchestrationQuery { Name = "Waits", Order = OrchestrationOrder.Longest, ContinuationToken = token }));
        await Assert.ThrowsAsync<InvalidContinuationTokenException>(() => program.QueryAsync(new OrchestrationQuery { Name = "Waits", ContinuationToken = token }));
    }

    /// <summary>Five of them, two of which wait, among two hundred others.</summary>
    private async Task<ListProgram> FilledAsync()
    {
        var program = await ListProgram.StartAsync(_disk);
        for (var i = 0; i < 5; i++)
        {
            var (id, input) = i % 2 == 0 ? ($"e{i}", "done") : ($"w{i}", $"wait {Deadline.AddDays(-i):yyyy-MM-dd}");
            await program.Client.ScheduleAsync("Waits", input, id, None);
            for (var other = 0; other < 40; other++)
                await program.Client.ScheduleAsync("Common", "done", $"common {i} {other}", None);
        }
        await Eventually.TrueAsync(async () =>
            await program.QueryAsync(new OrchestrationQuery()) is { Waiting.Count: 2, Counts: { } counts } && counts[OrchestrationRuntimeStatus.Completed] == 203);
        return program;
    }

    private static async Task<(string Ids, long? Total)> AllAsync(ListProgram program, OrchestrationQuery query)
    {
        var (ids, total) = (new List<string>(), (long?)null);
        do
        {
            var page = await program.QueryAsync(query);
            Assert.True(page.Instances.Count <= query.Top);
            ids.AddRange(page.Instances.Select(state => state.InstanceId));
            (query, total) = (query with { ContinuationToken = page.ContinuationToken }, page.Total);
        }
        while (query.ContinuationToken is not null);
        return (string.Join(' ', ids), total);
    }

    /// <summary>A program on the real store with an orchestration that says when it waits, and another.</summary>
    internal sealed class ListProgram : IAsyncDisposable
    {
        private readonly EmbeddedRuntime _runtime;

        private ListProgram(InstanceStore store)
        {
            var registry = new OrchestrationRegistry();
            registry.AddOrchestration<string, string>("Common", (_, input) => Task.FromResult(input));
            registry.AddOrchestration<string, string>("Waits", WaitAsync);
            _runtime = new EmbeddedRuntime(registry, store, new RuntimeOptions(), TimeProvider.System, NullLogger.Instance);
            Client = new EmbeddedClient(_runtime);
        }

        public EmbeddedClient Client { get; }

        public static async Task<ListProgram> StartAsync(TestDisk disk) => new(await StoreTesting.OpenAsync(
            new StoreOptions
            {
                Folder = "/data",
                NameOf = HistoryReader.NameOf,
                FirstSegmentBytes = 16 << 10,
                LargestSegmentBytes = 32 << 10,
                UpkeepInterval = Timeout.InfiniteTimeSpan,
            }, disk));

        public Task<OrchestrationPage> QueryAsync(OrchestrationQuery query) => Client.QueryAsync(query, None);

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _runtime.DisposeAsync();
        }

        private static async Task<string> WaitAsync(IOrchestrationContext context, string input)
        {
            if (!input.StartsWith("wait ", StringComparison.Ordinal))
                return input;
            var until = DateTime.TryParse(input[5..], null, System.Globalization.DateTimeStyles.AdjustToUniversal | System.Globalization.DateTimeStyles.AssumeUniversal, out var time);
            context.SetCustomStatus(new Status("Go", until ? time : null));
            var answer = await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromDays(1));
            context.SetCustomStatus(new Status(null, null));
            return answer;
        }

        private sealed record Status([property: JsonPropertyName("waitingFor")] string? WaitingFor, [property: JsonPropertyName("deadline")] DateTime? Deadline) : IWaiting;
    }
}
