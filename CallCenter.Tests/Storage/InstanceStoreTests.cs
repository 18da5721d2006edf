using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>What the store does on a disk where nothing goes wrong.</summary>
public sealed class InstanceStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private StoreOptions Options => new() { NameOf = NameOf, Folder = Path.Combine(_folder.Path, "new", "data"), UpkeepInterval = Timeout.InfiniteTimeSpan };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Finish_OfAnInstance_GivesItsArchiveBack()
    {
        await using var store = await OpenAsync(Options);
        var number = await store.StartAsync("one");
        await store.AppendAsync(number, "step");
        Assert.Equal(OrchestrationRuntimeStatus.Running, store.Find("one")?.Status);

        await store.FinishAsync(number, "all of it");

        var entry = store.Find("one")!.Value;
        Assert.Equal(new InstanceEntry(number, OrchestrationRuntimeStatus.Completed, Noon, Noon.AddSeconds(1), entry.Location), entry);
        Assert.Equal("all of it", store.Archive("one"));
        Assert.Equal(1, store.EndedCounts()[OrchestrationRuntimeStatus.Completed]);
        Assert.Equal(0, store.EndedCounts()[OrchestrationRuntimeStatus.Failed]);
    }

    [Fact]
    public async Task OpenAsync_AfterARestart_GivesBackWhatWasThere()
    {
        long open;
        await using (var store = await OpenAsync(Options))
        {
            await store.FinishAsync(await store.StartAsync("ended"), "archive");
            open = await store.StartAsync("open", "first");
            await store.AppendAsync(open, "second");
            await store.AppendAsync(open, "");
        }

        await using var again = await OpenAsync(Options);

        var unfinished = Assert.Single(again.TakeUnfinished());
        Assert.Equal((open, "open", Noon), (unfinished.Number, unfinished.Id, again.Find("open")!.Value.CreatedAt));
        Assert.Equal(["first", "second", ""], unfinished.Payloads.Select(payload => Text(payload)));
        Assert.Empty(again.TakeUnfinished());
        Assert.Equal("archive", again.Archive("ended"));
        Assert.Equal(1, again.EndedCounts()[OrchestrationRuntimeStatus.Completed]);
        Assert.True(await again.StartAsync("new") > open);
    }

    [Fact]
    public async Task TryStart_OfAnIdThatExists_ReturnsNull()
    {
        await using var store = await OpenAsync(Options);
        Assert.NotNull(store.TryStart("one", Noon, default));
        Assert.Null(store.TryStart("one", Noon, default));
        Assert.Null(store.Find("one"));

        await store.FinishAsync(1, "archive");

        Assert.Null(store.TryStart("one", Noon, default));
    }

    [Fact]
    public async Task TryStart_InPlaceOfAnEndedOne_ReplacesItInOneStep()
    {
        await using (var store = await OpenAsync(Options))
        {
            var first = await store.StartAsync("one");
            Assert.Null(store.TryStart("one", Noon, default, replaces: first));
            await store.FinishAsync(first, "archive");

            var second = store.TryStart("one", Noon, Bytes("again"), replaces: first)!.Value;
            Assert.Equal(first, store.Find("one")?.Number);
            Assert.Null(store.TryStart("one", Noon, default, replaces: first));
            await store.DurableAsync(second.Position);

            Assert.Equal(second.Number, store.Find("one")?.Number);
            Assert.Equal(0, store.EndedCounts()[OrchestrationRuntimeStatus.Completed]);
        }

        await using var reopened = await OpenAsync(Options);
        Assert.Equal(2, Assert.Single(reopened.TakeUnfinished()).Number);
        Assert.Equal(2, Assert.Single(reopened.NewestFirst()).Number);
    }

    [Fact]
    public async Task Reopen_OfAnEndedOne_PutsThePayloadInThePlaceOfItsArchive()
    {
        await using (var store = await OpenAsync(Options))
        {
            var number = await store.StartAsync("one");
            await store.FinishAsync(number, "archive");
            Assert.Throws<InvalidOperationException>(() => store.Append(number, default));

            await store.DurableAsync(store.Reopen(number, Bytes("whole")));
            await store.AppendAsync(number, "more");

            Assert.Throws<InvalidOperationException>(() => store.Reopen(number, default));
            Assert.Equal(OrchestrationRuntimeStatus.Running, store.Find("one")?.Status);
            Assert.Null(store.Archive("one"));
            Assert.Equal(0, store.EndedCounts()[OrchestrationRuntimeStatus.Completed]);
        }

        await using var again = await OpenAsync(Options);
        var unfinished = Assert.Single(again.TakeUnfinished());
        Assert.Equal(["whole", "more"], unfinished.Payloads.Select(payload => Text(payload)));
        await again.FinishAsync(unfinished.Number, "ended again");
        Assert.Equal("ended again", again.Archive("one"));
    }

    [Fact]
    public async Task Finish_ThenReopenThenFinish_InOneBatch_KeepsTheLastArchive()
    {
        await using var store = await OpenAsync(Options);
        var (number, _) = store.TryStart("one", Noon, default)!.Value;
        store.Finish(number, OrchestrationRuntimeStatus.Failed, Noon, Bytes("first"));
        store.Reopen(number, Bytes("whole"));
        store.Append(number, Bytes("more"));

        await store.FinishAsync(number, "second");

        Assert.Equal("second", store.Archive("one"));
        Assert.Equal(0, store.EndedCounts()[OrchestrationRuntimeStatus.Failed]);
        Assert.Throws<InvalidOperationException>(() => store.Append(number, default));
    }

    [Fact]
    public async Task Purge_OfAnInstance_LeavesWhenItIsDurable()
    {
        await using (var store = await OpenAsync(Options))
        {
            var number = await store.StartAsync("one");
            await store.FinishAsync(number, "archive");
            var entry = store.Find("one")!.Value;

            var position = store.Purge(number);
            Assert.Equal(position, store.Purge(number));
            Assert.Throws<InvalidOperationException>(() => store.Reopen(number, default));
            await store.DurableAsync(position);

            Assert.Null(store.Find("one"));
            Assert.Null(store.ReadArchive(entry));
            Assert.Empty(store.NewestFirst());
            Assert.Throws<InvalidOperationException>(() => store.Reopen(number, default));
        }

        await using var again = await OpenAsync(Options);
        Assert.Empty(again.NewestFirst());
        Assert.Equal(2, await again.StartAsync("one"));
    }

    [Fact]
    public async Task NewestFirst_WhileItIsRead_TakesChangesAndGoesOnBelow()
    {
        await using var store = await OpenAsync(Options);
        for (var i = 0; i < 2000; i++)
            store.TryStart($"case {i}", Noon, default);
        await store.StartAsync("last");

        var seen = new List<long>();
        foreach (var entry in store.NewestFirst())
        {
            seen.Add(entry.Number);
            if (entry.Number == 2001)
            {
                for (var number = 500; number < 1800; number++)
                    store.Purge(number);
                await store.DurableAsync(store.Purge(1800));
            }
        }

        // What was read before the change is some hundreds at the most.
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.Equal(Enumerable.Range(1, 2001).Where(number => number is < 500 or > 1800), seen.Where(number => number is < 500 or > 1800).Order().Select(number => (int)number));
        Assert.DoesNotContain(seen, number => number is >= 500 and < 1200);
        Assert.Equal([499, 498], store.NewestFirst(below: 1500).Take(2).Select(entry => entry.Number));
    }
}
