using System.Text;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Index;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>Finding instances by a part of their id or key.</summary>
public sealed class StoreSearchTests
{
    private static readonly StoreOptions Options = new()
    {
        NameOf = NameOf,
        // In these tests the key is what a payload says behind its colon.
        KeyOf = payload => Encoding.UTF8.GetString(payload[(payload.IndexOf((byte)':') + 1)..]),
        Folder = "/data",
        FirstSegmentBytes = 16 << 10,
        LargestSegmentBytes = 32 << 10,
        UpkeepInterval = Timeout.InfiniteTimeSpan,
    };

    private readonly TestDisk _disk = new(1);

    [Theory]
    [InlineData("kunde77", null, null, "id 77")]
    [InlineData("K U N D E 7 7", null, null, "id 77")]
    [InlineData("ID9", null, null, "id 9 99 90 91 92 93 94 95 96 97 98")]
    [InlineData(null, "id", null, "")]
    [InlineData(null, "de 9", null, "id 9 99 90 91 92 93 94 95 96 97 98")]
    [InlineData("1", "kunde2", "ID 2", "id 21")]
    [InlineData(null, null, "id 9", "id 9 99 90 91 92 93 94 95 96 97 98")]
    [InlineData(null, null, "d 9", "")]
    [InlineData("GRÖßE電話📞", null, null, "id 50")]
    [InlineData("7\nid", null, null, "")]
    [InlineData("none", null, null, "")]
    public async Task Scan_Search_FindsWhatHoldsIt(string? anywhere, string? key, string? prefix, string wanted)
    {
        await using var store = await OpenAsync(Options, _disk);
        await FillAsync(store);
        var ids = wanted.Length == 0 ? [] : wanted[3..].Split(' ').Select(id => $"id {id}");

        Assert.Equal(ids.Order(StringComparer.Ordinal), Found(store, anywhere, key, prefix).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Scan_SearchOfAName_FindsNoOthers()
    {
        await using var store = await OpenAsync(Options, _disk);
        await FillAsync(store);

        Assert.Equal(["id 50", "id 5"], Found(store, "id5", null, null, "rare"));
        Assert.Equal(["id 5", "id 50"], Found(store, "id5", null, null, "rare", oldestFirst: true));
        Assert.Empty(Found(store, "id 7", null, null, "rare"));
        Assert.Equal(["id 100"], Found(store, "id 100", null, null, "common", [OrchestrationRuntimeStatus.Running]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenAsync_Again_FindsTheSame(bool withIndexFiles)
    {
        await using (var store = await OpenAsync(Options, _disk))
        {
            await FillAsync(store);
            if (withIndexFiles)
                await store.RunUpkeepAsync(CancellationToken.None);
        }
        if (withIndexFiles)
        {
            // No record of these can be read any more.
            foreach (var path in _disk.Paths.Where(path => path.EndsWith(".journal", StringComparison.Ordinal)).SkipLast(1))
                _disk.Content(path).AsSpan(1000, 8000).Clear();
        }

        await using var again = await OpenAsync(Options, _disk);

        Assert.Equal(101, Find(again, "KUNDE").Count);
        Assert.Single(Find(again, "GRÖßE 電話"));
        Assert.Equal(Find(again, "id50"), Find(again, "größe電話"));
    }

    [Fact]
    public async Task Scan_PurgedOrReopened_IsFoundOnceOrNotAtAll()
    {
        await using var store = await OpenAsync(Options, _disk);
        await FillAsync(store);
        var reopened = store.Find("id 78")!.Value.Number;
        await store.DurableAsync(store.Purge(store.Find("id 77")!.Value.Number));
        await store.DurableAsync(store.Reopen(reopened, Bytes("common:kunde 78")));
        await store.StartAsync("id 79", "common:new", replaces: store.Find("id 79")!.Value.Number);

        Assert.Empty(Find(store, "77"));
        Assert.Equal([reopened], Find(store, "78"));
        Assert.Empty(Find(store, "kunde79"));
        Assert.Equal(Find(store, "id79"), Find(store, "new"));
        Assert.Single(Find(store, "new"));
    }

    [Fact]
    public async Task Scan_OverManyChunks_FindsInEach()
    {
        await using var store = await OpenAsync(Options with { LargestSegmentBytes = 1 << 20 }, _disk);
        var last = 0L;
        for (var i = 0; i < 1300; i++)
            last = store.TryStart($"many {i}", Noon, Bytes($"common:{(i % 500 == 3 ? "wanted" : "other")}"))!.Value.Position;
        await store.DurableAsync(last);

        Assert.Equal([1004, 504, 4], Find(store, "WANTED"));
        Assert.Equal(1300, Find(store, "m").Count);
        Assert.Equal([4, 504, 1004], store.Scan(new InstanceScan(null, null) { Search = SearchFilter.Of("wanted", null, null), OldestFirst = true }).SelectMany(Numbers));
        Assert.Equal([504, 4], store.Scan(new InstanceScan(null, null) { Search = SearchFilter.Of("wanted", null, null), From = 500 }).SelectMany(Numbers));
    }

    [Fact]
    public void Filter_NothingButBlanks_IsNone() => Assert.Null(SearchFilter.Of(" ", "\t", null));

    /// <summary>A hundred that have ended, and one that runs. Two are of a rare name.</summary>
    private static async Task FillAsync(InstanceStore store)
    {
        for (var i = 0; i <= 100; i++)
        {
            var name = i is 5 or 50 ? "rare" : "common";
            var key = i == 50 ? "kunde 50 größe 電話 📞" : $"Kunde {i}";
            var number = await store.StartAsync($"id {i}", $"{name}:{key}");
            if (i < 100)
                await store.FinishAsync(number, $"{name}:{key}" + new string(' ', 400));
        }
    }

    private static List<long> Find(InstanceStore store, string text) =>
        [.. store.Scan(new InstanceScan(null, null) { Search = SearchFilter.Of(text, null, null) }).SelectMany(Numbers)];

    private static List<string> Found(
        InstanceStore store, string? anywhere, string? key, string? prefix, string? name = null, OrchestrationRuntimeStatus[]? statuses = null, bool oldestFirst = false) =>
        [.. store.Scan(new InstanceScan(name, statuses) { Search = SearchFilter.Of(anywhere, key, prefix), OldestFirst = oldestFirst })
            .SelectMany(portion => portion.ToArray())
            .Select(entry => store.ReadArchive(entry)?.Id ?? "id 100")];

    private static IEnumerable<long> Numbers(ReadOnlyMemory<InstanceEntry> portion) => [.. portion.ToArray().Select(entry => entry.Number)];
}
