using System.Buffers.Binary;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Journal;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>Torn tails are dropped; damage stops the start, says where, and changes nothing.</summary>
public sealed class StoreDamageTests
{
    private const string First = "/data/0000000001.journal";

    private static readonly StoreOptions Options = new()
    {
        NameOf = NameOf,
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenAsync_LastBatchOfAnotherSegment_CountsOnlyBehindItsHeader(bool withItsHeader)
    {
        var (disk, ends) = await WriteAsync(closed: false);
        var (other, same) = await WriteAsync(closed: false);
        Assert.Equal(ends, same);
        // Its offset and its sequence are right. Without that segment's header, only the salt is wrong.
        var from = withItsHeader ? 0 : ends[^2];
        other.Content(First)[from..ends[^1]].CopyTo(disk.Content(First).AsSpan(from));

        await using var store = await OpenAsync(Options, disk);

        Assert.Equal("archive", store.Archive("one"));
        string[] expected = withItsHeader ? ["first", "second"] : ["first"];
        Assert.Equal(expected, Assert.Single(store.TakeUnfinished()).Payloads.Select(payload => Text(payload)));
    }

    [Fact]
    public async Task OpenAsync_BatchCopiedToAnotherOffset_DoesNotCount()
    {
        var (disk, ends) = await WriteAsync(closed: false);
        // Where it counted, it would prove that the place in front of it had been flushed.
        var bytes = disk.Content(First);
        bytes[ends[^2]..ends[^1]].CopyTo(bytes.AsSpan(ends[^1] + 100));

        await using var store = await OpenAsync(Options, disk);

        Assert.Equal("archive", store.Archive("one"));
        Assert.Equal(["first", "second"], Assert.Single(store.TakeUnfinished()).Payloads.Select(payload => Text(payload)));
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
            if (at % 2 == 0)
                flipped.Delete("/data/0000000001.index");
            try
            {
                await using var store = await OpenAsync(Options, flipped);
                for (var i = 0; i < 30; i++)
                    Assert.Equal(new string('x', 150 + i), store.Archive($"case {i}"));
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

    [Theory]
    [InlineData(4095)]
    [InlineData(2000)]
    [InlineData(1024)]
    [InlineData(512)]
    public async Task OpenAsync_LastSegmentCut_IsRefused(int length)
    {
        var (disk, _) = await WriteAsync(closed: true);
        disk.Truncate(First, length);

        var damage = await Assert.ThrowsAsync<StoreDamagedException>(() => OpenAsync(Options, disk));

        Assert.Equal((First, (long)length), (damage.File, damage.Offset));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 2)]
    [InlineData(true, int.MaxValue)]
    public async Task OpenAsync_NewestSegmentsMissing_IsRefusedAndNamesOne(bool withIndexes, int count)
    {
        var disk = new TestDisk(1);
        await FillSegmentsAsync(disk);
        var journals = disk.Paths.Where(path => path.EndsWith(".journal", StringComparison.Ordinal)).ToList();
        var missing = journals.TakeLast(count).ToList();
        missing.ForEach(disk.Delete);
        foreach (var path in disk.Paths.Where(path => !withIndexes && path.EndsWith(".index", StringComparison.Ordinal)))
            disk.Delete(path);

        var damage = await Assert.ThrowsAsync<StoreDamagedException>(() => OpenAsync(Options, disk));

        Assert.Contains(damage.File, missing);
    }

    [Fact]
    public async Task OpenAsync_JournalOfBeforeCapacitiesAndMarks_OpensAndIsMarked()
    {
        var disk = new TestDisk(1);
        await FillSegmentsAsync(disk);
        var journals = disk.Paths.Where(path => path.EndsWith(".journal", StringComparison.Ordinal)).ToList();
        foreach (var bytes in journals.Select(disk.Content))
        {
            bytes.AsSpan(44, 4).Clear();
            bytes.AsSpan(508, 4).Clear();
            var end = 48 + (8 * BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(40)));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(end), Crc.Of(bytes.AsSpan(0, end)));
        }

        await using (var store = await OpenAsync(Options, disk))
            for (var i = 0; i < 30; i++)
                Assert.Equal(new string('x', 150 + i), store.Archive($"case {i}"));

        // From now on its end is guarded.
        disk.Delete(journals[^1]);
        Assert.Equal(journals[^1], (await Assert.ThrowsAsync<StoreDamagedException>(() => OpenAsync(Options, disk))).File);
    }

    [Fact]
    public async Task OpenAsync_FormatOfANewerVersion_IsCalledThat()
    {
        var (disk, _) = await WriteAsync(closed: true);
        var bytes = disk.Content(First);
        bytes[8] = 2;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(48), Crc.Of(bytes.AsSpan(0, 48)));

        var newer = await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync(Options, disk));

        Assert.Contains("written by a newer version of this program, format 2; this one reads 1", newer.Message, StringComparison.Ordinal);
        Assert.Contains(First, newer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_RecordKindOfANewerVersion_IsCalledThat()
    {
        var (disk, ends) = await WriteAsync(closed: true);
        var bytes = disk.Content(First);
        // The last record: size, kind, number, payload, crc; then the batch's own.
        var (from, to) = (ends[^3], ends[^2]);
        bytes[from + BatchHeader.Size + 1] = 9;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(to - 4), Crc.Of(bytes.AsSpan(from + BatchHeader.Size + 1, to - 4 - from - BatchHeader.Size - 1)));
        BatchHeader.Seal(bytes.AsSpan(from, to - from), BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(16)), from, BatchHeader.Sequence(bytes.AsSpan(from)));

        var newer = await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync(Options, disk));

        Assert.Contains("written by a newer version of this program", newer.Message, StringComparison.Ordinal);
        Assert.Contains($"{First}, offset {from + BatchHeader.Size}", newer.Message, StringComparison.Ordinal);
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
            if (at == 0)
                damaged.Delete(index);
            else
                damaged.Content(index)[at - 1] ^= 0x01;

            await using var store = await OpenAsync(Options, damaged);

            for (var i = 0; i < 30; i++)
                Assert.Equal(new string('x', 150 + i), store.Archive($"case {i}"));
        }
    }

    [Fact]
    public async Task OpenAsync_IndexFileOfAnotherJournal_ReadsTheSegment()
    {
        var (disk, other) = (new TestDisk(1), new TestDisk(1));
        await FillSegmentsAsync(disk);
        // As long in every part: only the salt tells one from the other.
        await FillSegmentsAsync(other, "item");
        var index = disk.Paths.First(path => path.EndsWith(".index", StringComparison.Ordinal));
        Assert.Equal(disk.Content(index).Length, other.Content(index).Length);
        other.Content(index).CopyTo(disk.Content(index), 0);

        await using var store = await OpenAsync(Options, disk);

        for (var i = 0; i < 30; i++)
            Assert.Equal(new string('x', 150 + i), store.Archive($"case {i}"));
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
        if (closed)
            await store.DisposeAsync();

        // A kill, and what it leaves.
        disk.Restart(losePower: false);
        var copy = disk.Copy(1);
        List<int> ends = [0, SegmentHeader.SizeFor(0)];
        while (BatchHeader.TryReadSize(copy.Content(First).AsSpan(ends[^1]), 4096, out var size))
            ends.Add(ends[^1] + size);
        return (copy, ends);
    }

    private static async Task FillSegmentsAsync(TestDisk disk, string name = "case")
    {
        await using var store = await OpenAsync(Options, disk);
        for (var i = 0; i < 30; i++)
            await store.FinishAsync(await store.StartAsync($"{name} {i}"), new string('x', 150 + i));
        await store.RunUpkeepAsync(CancellationToken.None);
    }
}
