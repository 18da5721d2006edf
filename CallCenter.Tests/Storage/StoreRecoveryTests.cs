using CallCenter.Runtime.Storage;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>What a start has shown is on disk: what the life before it wrote and could not flush is not lost afterwards.</summary>
public sealed class StoreRecoveryTests
{
    private static readonly StoreOptions Options = new()
    {
        NameOf = NameOf,
        Folder = "/data",
        FirstSegmentBytes = 4096,
        LargestSegmentBytes = 4096,
        OwnThreads = false,
        UpkeepInterval = Timeout.InfiniteTimeSpan,
    };

    // A flush that has failed leaves pages that the system believes to be on disk; one that never came leaves pages that it still will flush.
    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    public async Task OpenAsync_LastBatchIsInTheCacheOnly_ShowsItOnlyOnceItIsOnDisk(bool itsFlushFailed, int failingFlushes)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var disk = new TestDisk(seed);
            await WriteAndDieAsync(disk, itsFlushFailed);
            disk.FailingFlushes = failingFlushes;
            var shown = await ReadAsync(disk);

            disk.Restart(losePower: true);

            var found = await ReadAsync(disk);
            Assert.Contains(found, new[] { "first", "first second" });
            Assert.Equal(shown ?? found, found);
        }
    }

    [Fact]
    public async Task OpenAsync_TornBatch_LeavesNothingOfIt()
    {
        var disk = new TestDisk(1);
        await using (var store = await OpenAsync(Options, disk))
            await store.StartAsync("one", "first");
        var content = disk.Content(disk.Paths.Single(path => path.EndsWith(".journal", StringComparison.Ordinal)));
        var torn = content.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        content.AsSpan(torn, 500).Fill(0xCC);

        await using (await OpenAsync(Options, disk))
        {
            // What it begins with is shorter than what was torn.
        }

        Assert.InRange(content.AsSpan().LastIndexOfAnyExcept((byte)0), torn, torn + 100);
    }

    /// <summary>The process dies with the second payload written: before its flush, or when that has failed.</summary>
    private static async Task WriteAndDieAsync(TestDisk disk, bool itsFlushFailed)
    {
        var store = await OpenAsync(Options, disk);
        var number = await store.StartAsync("one", "first");
        disk.FailingFlushes = itsFlushFailed ? 1 : 0;
        disk.KillAt = disk.Operations + (itsFlushFailed ? 3 : 2);
        _ = store.WhenDurable(store.Append(number, Bytes("second")));
        disk.Restart(losePower: false);
    }

    /// <summary>What a start shows; null when it is refused. Then the process dies.</summary>
    private static async Task<string?> ReadAsync(TestDisk disk)
    {
        try
        {
            var store = await OpenAsync(Options, disk);
            return string.Join(' ', Assert.Single(store.TakeUnfinished()).Payloads.Select(payload => Text(payload)));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
