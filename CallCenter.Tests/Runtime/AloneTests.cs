using System.Collections.Concurrent;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Runtime;

/// <summary>An instance that is alone wakes nobody: the thread that runs its activities flushes their results and goes on. Among others they share flushes.</summary>
public sealed class AloneTests : IAsyncDisposable
{
    private readonly TestDisk _disk = new(1);
    private readonly ConcurrentQueue<string?> _flushing = new();
    private readonly ConcurrentQueue<Thread> _running = new();
    private readonly TaskCompletionSource _held = new();
    private EmbeddedRuntime? _runtime;

    [Fact]
    public async Task Steps_OfAnInstanceThatIsAlone_RunAndAreFlushedOnOneThread()
    {
        using var client = await StartAsync();

        var end = await Task.Run(() => RunAsync(client, "one"));

        Assert.Equal("\"done\"", end.Output);
        Assert.Equal(4, _running.Count);
        Assert.Single(_running.Distinct());
        // The start, three results, and the last one with the end.
        Assert.Equal(5, _flushing.Count);
        Assert.DoesNotContain("Journal", _flushing);
    }

    [Fact]
    public async Task Steps_BesideAnotherInstance_AreFlushedByTheJournal()
    {
        using var client = await StartAsync();
        await Task.Run(() => client.ScheduleAsync("Held", "", "other", CancellationToken.None));
        await Eventually.TrueAsync(() => Task.FromResult(_runtime!.Activities.Running == 1));
        _flushing.Clear();

        var end = await Task.Run(() => RunAsync(client, "one"));

        Assert.Equal("\"done\"", end.Output);
        Assert.Equal(["Journal"], _flushing.Distinct());
    }

    public async ValueTask DisposeAsync()
    {
        _held.SetResult();
        await _runtime!.StopAsync();
    }

    private async Task<EmbeddedClient> StartAsync()
    {
        var store = await StoreTesting.OpenAsync(
            new() { Folder = "/data", NameOf = HistoryReader.NameOf, UpkeepInterval = Timeout.InfiniteTimeSpan }, _disk);
        _disk.DuringFlush = () =>
        {
            if (Thread.CurrentThread.Name is not "Journal preparer" and var name)
                _flushing.Enqueue(name);
        };
        var registry = new OrchestrationRegistry();
        registry.AddOrchestration<string, string>("Four", async (context, _) =>
        {
            for (var step = 0; step < 4; step++)
                await context.CallActivityAsync<string>("Step", "");
            return "done";
        });
        registry.AddOrchestration<string, string>("Held", (context, _) => context.CallActivityAsync<string>("Hold", ""));
        registry.AddActivity<string, string>("Step", (_, _) =>
        {
            _running.Enqueue(Thread.CurrentThread);
            return Task.FromResult("");
        });
        registry.AddActivity<string, string>("Hold", async (_, _) =>
        {
            await _held.Task;
            return "";
        });
        _runtime = new EmbeddedRuntime(registry, store, new RuntimeOptions(), TimeProvider.System, NullLogger.Instance);
        return new EmbeddedClient(_runtime);
    }

    private static async Task<OrchestrationState> RunAsync(EmbeddedClient client, string id)
    {
        await client.ScheduleAsync("Four", "", id, CancellationToken.None);
        return await client.EndAsync(id);
    }
}
