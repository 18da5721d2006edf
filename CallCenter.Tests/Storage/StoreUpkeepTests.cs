using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>Index files, retention, compaction.</summary>
public sealed class StoreUpkeepTests
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

    private int Segments => Journals.Count();

    private IEnumerable<string> Journals => _disk.Paths.Where(path => path.EndsWith(".journal", StringComparison.Ordinal));

    [Fact]
    public async Task Upkeep_AfterPurges_GivesTheDiskBack()
    {
        await using (var store = await OpenAsync(Options, _disk))
        {
            var running = await store.StartAsync("running", "first");
            await FinishManyAsync(store, 200);
            await store.AppendAsync(running, "second");
            Assert.InRange(Segments, 8, 30);

            for (var i = 0; i < 200; i++)
            {
                if (i % 50 != 0)
                    store.Purge(store.Find($"case {i}")!.Value.Number);
            }

            await store.AppendAsync(running, "third");
            await store.RunUpkeepAsync(CancellationToken.None);

            Assert.InRange(Segments, 1, 3);
            CheckRest(store);
        }

        await using var again = await OpenAsync(Options, _disk);
        CheckRest(again);
        Assert.Equal(["first", "second", "third"], Assert.Single(again.TakeUnfinished()).Payloads.Select(payload => Text(payload)));
        Assert.Equal(202, await again.StartAsync("next"));

        static void CheckRest(InstanceStore store)
        {
            Assert.Equal(5, store.NewestFirst().Count());
            for (var i = 0; i < 200; i++)
                Assert.Equal(i % 50 == 0 ? new string('x', 1000) : null, store.Archive($"case {i}"));
        }
    }

    [Fact]
    public async Task Upkeep_AfterAllIsPurged_LeavesNothingButTheActiveSegment()
    {
        await using (var store = await OpenAsync(Options, _disk))
        {
            await FinishManyAsync(store, 200);
            foreach (var entry in store.NewestFirst())
                await store.DurableAsync(store.Purge(entry.Number));
            await store.RunUpkeepAsync(CancellationToken.None);
            Assert.Equal(1, Segments);
        }

        await using var again = await OpenAsync(Options, _disk);
        Assert.Empty(again.NewestFirst());
        // Not even the numbers of instances that left no trace come again.
        Assert.Equal(201, await again.StartAsync("next"));
    }

    [Fact]
    public async Task Upkeep_PurgesThatVoidNothingAnyMore_AreGivenBackToo()
    {
        await using var store = await OpenAsync(Options, _disk);
        var position = 0L;
        for (var number = 1; number <= 5000; number++)
        {
            store.TryStart($"case {number}", Noon, default);
            position = store.Finish(number, OrchestrationRuntimeStatus.Completed, Noon, default);
        }

        await store.DurableAsync(position);
        // In one batch, which fills a segment.
        for (var number = 1; number <= 5000; number++)
            position = store.Purge(number);
        await store.DurableAsync(position);
        var purges = Journals.Last();
        await FinishManyAsync(store, 40);
        Assert.Contains(purges, Journals.SkipLast(1));

        await store.RunUpkeepAsync(CancellationToken.None);

        Assert.DoesNotContain(purges, Journals);
    }

    [Fact]
    public async Task Upkeep_WithRetention_PurgesWhatEndedLongAgo()
    {
        var clock = new FixedClock { Now = Noon.AddHours(2) };
        await using var store = await OpenAsync(Options with { Retention = TimeSpan.FromHours(1), Clock = clock }, _disk);
        await store.FinishAsync(await store.StartAsync("old"), "archive", at: Noon.AddMinutes(59));
        await store.FinishAsync(await store.StartAsync("young"), "archive", at: Noon.AddMinutes(61));
        await store.StartAsync("running");

        await store.RunUpkeepAsync(CancellationToken.None);
        Assert.Equal(["young", "running"], Shown());

        clock.Now = Noon.AddDays(1);
        await store.RunUpkeepAsync(CancellationToken.None);
        Assert.Equal(["running"], Shown());

        IEnumerable<string> Shown() => new[] { "old", "young", "running" }.Where(id => store.Find(id) is not null);
    }

    [Fact]
    public async Task Upkeep_AfterAClockThatWasAhead_PurgesWhatEndedBehindIt()
    {
        var clock = new FixedClock { Now = Noon.AddHours(2) };
        await using var store = await OpenAsync(Options with { Retention = TimeSpan.FromHours(1), Clock = clock }, _disk);
        for (var i = 0; i < 600; i++)
        {
            var (number, _) = store.TryStart($"case {i}", i < 300 ? Noon.AddYears(1) : Noon, default)!.Value;
            store.Finish(number, OrchestrationRuntimeStatus.Completed, i < 300 ? Noon.AddYears(1) : Noon, default);
        }

        await store.StartAsync("last");
        await store.RunUpkeepAsync(CancellationToken.None);

        Assert.Equal(301, store.NewestFirst().Count());
    }

    [Fact]
    public async Task Upkeep_OnADiskThatWasFilled_MakesRoomForNewStarts()
    {
        var clock = new FixedClock { Now = Noon };
        var options = Options with
        {
            FirstSegmentBytes = 16 << 10,
            LargestSegmentBytes = 16 << 10,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            Retention = TimeSpan.FromHours(1),
            Clock = clock,
        };
        await using var store = await OpenAsync(options, _disk);
        _disk.Capacity = 200 << 10;
        for (var i = 0; store.Failure is null; i++)
        {
            // Every third stays: what is to be moved is a good part of each segment.
            var number = await store.StartAsync($"case {i}");
            await store.FinishAsync(number, new string('x', 1000), at: i % 3 == 0 ? Noon.AddDays(9) : Noon);
            await UntilAsync(() => store.Failure is not null || _disk.Paths.Contains("/data/next.tmp"), "the next segment is prepared, or missed");
        }

        Assert.Null(store.WriteFailure);
        clock.Now = Noon.AddHours(2);
        await store.RunUpkeepAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        await UntilAsync(() => store.Failure is null, "there is room again");
        await store.FinishAsync(await store.StartAsync("new"), "archive");
        Assert.Equal(new string('x', 1000), store.Archive("case 0"));
    }

    [Fact]
    public async Task OpenAsync_WithIndexFiles_DoesNotReadTheSegments()
    {
        await using (var store = await OpenAsync(Options, _disk))
        {
            await FinishManyAsync(store, 100);
            await store.RunUpkeepAsync(CancellationToken.None);
        }

        // Whoever reads these finds damage: opening does not, reading the instance does.
        foreach (var path in Journals.SkipLast(1))
            _disk.Content(path).AsSpan(1000, 1000).Clear();

        await using var again = await OpenAsync(Options, _disk);
        Assert.Equal(100, again.EndedCounts()[OrchestrationRuntimeStatus.Completed]);
        Assert.Throws<StoreDamagedException>(() => Enumerable.Range(0, 100).Select(i => again.Archive($"case {i}")).ToList());
    }

    [Fact]
    public async Task Upkeep_ByItself_RunsWhileWorkGoesOn()
    {
        using var folder = new TemporaryFolder();
        await using var store = await OpenAsync(Options with { Folder = folder.Path, UpkeepInterval = TimeSpan.FromMilliseconds(1) });
        for (var round = 0; round < 3; round++)
        {
            await FinishManyAsync(store, 40);
            for (var i = 0; i < 40; i++)
                store.Purge(store.Find($"case {i}")!.Value.Number);
            await store.DurableAsync(store.Purge(store.Find("case 0")!.Value.Number));
        }

        await UntilAsync(() => Directory.GetFiles(folder.Path, "*.journal").Length <= 2, "the segments are compacted");
        Assert.Empty(store.NewestFirst());
    }

    [Fact]
    public async Task Upkeep_MoreAreKeptThanOneTurnLooksAt_ComesToWhatIsDueBehindThem()
    {
        var clock = new FixedClock { Now = Noon };
        var options = Options with { FirstSegmentBytes = 16 << 20, LargestSegmentBytes = 16 << 20, Retention = TimeSpan.FromHours(1), Clock = clock };
        await using var store = await OpenAsync(options, _disk);
        // Their clock was ahead.
        for (var i = 0; i < 66_100; i++)
            store.Finish(store.TryStart($"{i}", Noon, default)!.Value.Number, OrchestrationRuntimeStatus.Completed, Noon.AddYears(1), default);
        await store.FinishAsync(await store.StartAsync("due"), "archive", Noon);

        clock.Now = Noon.AddHours(2);
        await store.RunUpkeepAsync(CancellationToken.None);
        await store.RunUpkeepAsync(CancellationToken.None);

        Assert.Null(store.Find("due"));
        Assert.NotNull(store.Find("0"));
    }

    [Fact]
    public async Task Reopen_WhileItsArchiveIsMoved_KeepsItsIdAndItsTime()
    {
        await using (var store = await OpenAsync(Options, _disk))
        {
            await UpkeepAsync(store, entry => store.Reopen(entry.Number, Bytes("again")));

            foreach (var entry in store.NewestFirst().Where(entry => entry.Status == OrchestrationRuntimeStatus.Running))
                await store.FinishAsync(entry.Number, "ended again");
        }

        await using var reopened = await OpenAsync(Options, _disk);
        Assert.All(reopened.NewestFirst(), entry => Assert.Equal(Noon, entry.CreatedAt));
        for (var i = 0; i < 40; i += 4)
        {
            Assert.Equal("ended again", reopened.Archive($"case {i}"));
            Assert.Null(reopened.TryStart($"case {i}", Noon, default));
        }
    }

    [Fact]
    public async Task Reopen_WhileItsArchiveIsMovedAndItEndsAtOnce_StillExpires()
    {
        var clock = new FixedClock { Now = Noon };
        var options = Options with { Retention = TimeSpan.FromHours(1), Clock = clock };
        await using var store = await OpenAsync(options, _disk);
        await UpkeepAsync(store, entry =>
        {
            store.Reopen(entry.Number, Bytes("again"));
            return store.Finish(entry.Number, OrchestrationRuntimeStatus.Failed, Noon, Bytes("failed again"));
        });

        clock.Now = Noon.AddDays(1);
        await store.RunUpkeepAsync(CancellationToken.None);

        Assert.Empty(store.NewestFirst());
        Assert.Equal(1, Segments);
    }

    /// <summary>Runs an upkeep that moves ten archives, and does something to each of them while their copies are on the way.</summary>
    private async Task UpkeepAsync(InstanceStore store, Func<InstanceEntry, long> onTheWay)
    {
        await FinishManyAsync(store, 40);
        await store.RunUpkeepAsync(CancellationToken.None);
        for (var i = 0; i < 40; i++)
        {
            if (i % 4 != 0)
                await store.DurableAsync(store.Purge(store.Find($"case {i}")!.Value.Number));
        }

        var (position, isFirst) = (0L, 1);
        _disk.DuringFlush = () =>
        {
            if (Interlocked.Exchange(ref isFirst, 0) == 0)
                return;
            foreach (var entry in store.NewestFirst())
                position = onTheWay(entry);
        };
        await store.RunUpkeepAsync(CancellationToken.None);
        await store.DurableAsync(position);
    }

    private static async Task FinishManyAsync(InstanceStore store, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var number = await store.StartAsync($"case {i}");
            await store.FinishAsync(number, new string('x', 1000));
        }
    }
}
