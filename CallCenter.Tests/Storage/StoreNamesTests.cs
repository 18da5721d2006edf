using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>Lists and counts by name.</summary>
public sealed class StoreNamesTests
{
    private static readonly StoreOptions Options = new()
    {
        NameOf = NameOf,
        Folder = "/data",
        FirstSegmentBytes = 16 << 10,
        LargestSegmentBytes = 32 << 10,
        UpkeepInterval = Timeout.InfiniteTimeSpan,
    };

    private readonly TestDisk _disk = new(1);

    [Fact]
    public async Task NewestFirst_OfAName_GivesThoseAndReadsNothing()
    {
        await using var store = await OpenAsync(Options, _disk);
        var rare = await FillAsync(store);
        var reads = _disk.Reads;

        Assert.Equal(rare.Reverse(), Numbers(store.NewestFirst("rare")));
        Assert.Equal([rare[1], rare[0]], Numbers(store.NewestFirst("rare", below: rare[2])));
        Assert.Equal([rare[2]], Numbers(store.NewestFirst("rare", [OrchestrationRuntimeStatus.Running])));
        Assert.Equal([rare[1], rare[0]], Numbers(store.NewestFirst("rare", [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed])));
        Assert.Equal(rare[2], store.NewestFirst(statuses: [OrchestrationRuntimeStatus.Running]).Single().Number);
        Assert.Empty(store.NewestFirst("rare", []));
        Assert.Empty(store.NewestFirst("unknown"));
        Assert.Equal(203, store.NewestFirst().Count());
        Assert.Equal(reads, _disk.Reads);
    }

    [Fact]
    public async Task EndedCounts_OfAName_CountThose()
    {
        await using var store = await OpenAsync(Options, _disk);
        var rare = await FillAsync(store);

        Assert.Equal(2, store.EndedCounts("rare")[OrchestrationRuntimeStatus.Completed]);
        Assert.Equal(202, store.EndedCounts()[OrchestrationRuntimeStatus.Completed]);
        await store.DurableAsync(store.Purge(rare[0]));
        await store.DurableAsync(store.Reopen(rare[1], Bytes("rare:again")));
        Assert.Equal(0, store.EndedCounts("rare")[OrchestrationRuntimeStatus.Completed]);
        Assert.Equal(0, store.EndedCounts("unknown")[OrchestrationRuntimeStatus.Completed]);
        Assert.Equal([rare[2], rare[1]], Numbers(store.NewestFirst("rare", [OrchestrationRuntimeStatus.Running])));
    }

    [Fact]
    public async Task OpenAsync_WithIndexFiles_KnowsTheNamesFromThem()
    {
        long[] rare;
        await using (var store = await OpenAsync(Options, _disk))
        {
            rare = await FillAsync(store);
            await store.RunUpkeepAsync(CancellationToken.None);
        }

        // No record of these can be read any more.
        foreach (var path in _disk.Paths.Where(path => path.EndsWith(".journal", StringComparison.Ordinal)).SkipLast(1))
            _disk.Content(path).AsSpan(1000, 8000).Clear();

        await using var again = await OpenAsync(Options, _disk);

        Assert.Equal(rare.Reverse(), Numbers(again.NewestFirst("rare")));
        Assert.Equal(200, again.NewestFirst("common").Count());
    }

    [Fact]
    public async Task OpenAsync_WithoutIndexFiles_KnowsTheNamesFromTheRecords()
    {
        long[] rare;
        await using (var store = await OpenAsync(Options, _disk))
            rare = await FillAsync(store);
        Assert.DoesNotContain(_disk.Paths, path => path.EndsWith(".index", StringComparison.Ordinal));

        await using var again = await OpenAsync(Options, _disk);

        Assert.Equal(rare.Reverse(), Numbers(again.NewestFirst("rare")));
        Assert.Equal(200, again.EndedCounts("common")[OrchestrationRuntimeStatus.Completed]);
    }

    [Fact]
    public async Task TryStart_LongNameInAnyLetters_IsListedUnderIt()
    {
        var name = string.Concat(Enumerable.Repeat("größe 電話 📞 ", 40));
        await using (var store = await OpenAsync(Options, _disk))
            await store.StartAsync("one", name + ":start");

        await using var again = await OpenAsync(Options, _disk);

        Assert.Single(again.NewestFirst(name));
    }

    /// <summary>Three of a rare name, the last of them running, among two hundred others.</summary>
    private static async Task<long[]> FillAsync(InstanceStore store)
    {
        var rare = new List<long>();
        for (var i = 0; i <= 200; i++)
        {
            if (i % 100 == 0)
                rare.Add(await store.StartAsync($"rare {i}", "rare:start"));
            if (i is 0 or 100)
                await store.FinishAsync(rare[^1], "rare:archive");
            if (i < 200)
                await store.FinishAsync(await store.StartAsync($"common {i}", "common:start"), "common:" + new string('x', 500));
        }
        return [.. rare];
    }

    private static IEnumerable<long> Numbers(IEnumerable<InstanceEntry> entries) => entries.Select(entry => entry.Number);
}
