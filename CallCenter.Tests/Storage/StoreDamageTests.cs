using CallCenter.Standalone.Runtime.Storage;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>Torn tails are dropped; damage stops the start, says where, and changes nothing.</summary>
public sealed class StoreDamageTests
{
    private const string First = "/data/0000000001.journal";

    private static readonly StoreOptions Options = new()
    {
        Folder = "/data",
        FirstSegmentBytes = 4096,
        LargestSegmentBytes = 4096,
        OwnThreads = false,
        UpkeepInterval = Timeout.InfiniteTimeSpan,
    };

    [Fact]
    public async Task OpenAsync_LastBatchCutAnywhere_DropsIt()
    {
        var (disk, ends) = await WriteAsync(closed: false);
        for (var length = ends[^2]; length < ends[^1]; length++)
        {
            var torn = disk.Copy(length);
            torn.Content(First).AsSpan(length).Clear();

            await using var store = await OpenAsync(Options, torn);

            Assert.Equal("archive", store.Archive("one"));
            Assert.Equal(["first"], Assert.Single(store.TakeUnfinished()).Payloads.Select(payload => Text(payload)));
            // Behind the few marks of the new start there is nothing.
            Assert.True(torn.Content(First).AsSpan(ends[^2] + (4 * BatchHeader.Size)).IndexOfAnyExcept((byte)0) < 0, "What was torn can come back.");
        }
    }

    [Fact]
    public async Task OpenAsync_AnyByteFlipped_IsRefusedWithItsPlaceOrHarmless()
    {
        var (disk, ends) = await WriteAsync(closed: true);
        var header = new Range(0, SegmentHeader.SizeFor(0));
        for (var at = 0; at < ends[^1]; at++)
        {
            var flipped = disk.Copy(at);
            flipped.Content(First)[at] ^= 0x10;
            var before = flipped.Content(First).ToArray();
            try
            {
                await using var store = await OpenAsync(Options, flipped);
                Assert.Equal("archive", store.Archive("one"));
                Assert.Equal(["first", "second"], Assert.Single(store.TakeUnfinished()).Payloads.Select(payload => Text(payload)));
                Assert.True(at < header.End.Value || at >= ends[^2], $"Byte {at} was flipped and nobody minded.");
            }
            catch (StoreDamagedException damage)
            {
                Assert.Equal(First, damage.File);
                Assert.Equal(ends.LastOrDefault(end => end <= at), damage.Offset);
                Assert.Equal(before, flipped.Content(First));
            }
        }
    }

    [Fact]
    public async Task OpenAsync_AnyByteOfASealedSegmentFlipped_NeverGivesWrongAnswers()
    {
        var disk = new TestDisk(1);
        await FillSegmentsAsync(disk);
        for (var at = 0; at < 4096; at++)
        {
            var flipped = disk.Copy(at);
            flipped.Content(First)[at] ^= 0x01;
            if (at % 2 == 0) flipped.Delete("/data/0000000001.index");
            try
            {
                await using var store = await OpenAsync(Options, flipped);
                for (var i = 0; i < 30; i++) Assert.Equal(new string('x', 150 + i), store.Archive($"case {i}"));
            }
            catch (StoreDamagedException damage)
            {
                Assert.Equal(First, damage.File);
                Assert.InRange(damage.Offset, 0, at);
            }
        }
    }

    [Fact]
    public async Task OpenAsync_SegmentMissing_IsRefused()
    {
        var disk = new TestDisk(1);
        await FillSegmentsAsync(disk);
        disk.Delete(First);

        var damage = await Assert.ThrowsAsync<StoreDamagedException>(() => OpenAsync(Options, disk));

        Assert.Equal(First, damage.File);
    }

    [Fact]
    public async Task OpenAsync_IndexFileMissingOrDamaged_ReadsTheSegment()
    {
        var disk = new TestDisk(1);
        await FillSegmentsAsync(disk);
        var index = disk.Paths.First(path => path.EndsWith(".index", StringComparison.Ordinal));
        for (var at = 0; at <= disk.Content(index).Length; at += 7)
        {
            var damaged = disk.Copy(at);
            if (at == 0) damaged.Delete(index);
            else damaged.Content(index)[at - 1] ^= 0x01;

            await using var store = await OpenAsync(Options, damaged);

            for (var i = 0; i < 30; i++) Assert.Equal(new string('x', 150 + i), store.Archive($"case {i}"));
        }
    }

    /// <summary>An ended and an open instance, each change in a batch of its own; and where the batches end.</summary>
    private static async Task<(TestDisk Disk, List<int> Ends)> WriteAsync(bool closed)
    {
        var disk = new TestDisk(1);
        var store = await OpenAsync(Options, disk);
        var number = await store.StartAsync("one", "step");
        await store.FinishAsync(number, "archive");
        var open = await store.StartAsync("open", "first");
        await store.AppendAsync(open, "second");
        if (closed) await store.DisposeAsync();

        // A kill, and what it leaves.
        disk.Restart(losePower: false);
        var copy = disk.Copy(1);
        List<int> ends = [0, SegmentHeader.SizeFor(0)];
        while (BatchHeader.TryReadSize(copy.Content(First).AsSpan(ends[^1]), 4096, out var size)) ends.Add(ends[^1] + size);
        return (copy, ends);
    }

    private static async Task FillSegmentsAsync(TestDisk disk)
    {
        await using var store = await OpenAsync(Options, disk);
        for (var i = 0; i < 30; i++) await store.FinishAsync(await store.StartAsync($"case {i}"), new string('x', 150 + i));
        await store.RunUpkeepAsync(CancellationToken.None);
    }
}
