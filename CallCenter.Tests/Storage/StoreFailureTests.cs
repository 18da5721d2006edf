using System.Collections.Concurrent;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;
using Microsoft.Extensions.Logging;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>A disk that refuses: nothing is claimed that is not on it, reading goes on, and so does writing as soon as it can.</summary>
public sealed class StoreFailureTests
{
    private static readonly StoreOptions Options = new()
    {
        NameOf = NameOf,
        Folder = "/data",
        FirstSegmentBytes = 4096,
        LargestSegmentBytes = 4096,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        UpkeepInterval = Timeout.InfiniteTimeSpan,
    };

    [Fact]
    public async Task Flush_ThatFails_GoesOnInAnotherSegment()
    {
        var disk = new TestDisk(1);
        long number;
        await using (var store = await OpenAsync(Options, disk))
        {
            number = await store.StartAsync("one", "first");
            disk.FailingFlushes = 1;

            await store.AppendAsync(number, "second");

            Assert.Null(store.Failure);
            Assert.Contains("/data/0000000002.journal", disk.Paths);
            await store.AppendAsync(number, "third");
        }

        disk.Restart();
        await using var again = await OpenAsync(Options, disk);
        Assert.Equal(["first", "second", "third"], Assert.Single(again.TakeUnfinished()).Payloads.Select(payload => Text(payload)));
    }

    [Fact]
    public async Task DiskFull_UntilThereIsRoom_KeepsThemWaitingAndStartsNothing()
    {
        var disk = new TestDisk(1);
        await using var store = await OpenAsync(Options, disk);
        await store.FinishAsync(await store.StartAsync("ended"), "archive");
        var number = await store.StartAsync("one");
        disk.Capacity = 0;

        // More than the segment has room for.
        var position = store.Append(number, new byte[5000]);
        var appended = store.WhenDurable(position);

        await UntilAsync(() => store.WriteFailure is not null, "the full disk is noticed");
        Assert.Same(store.WriteFailure, store.Failure);
        var refused = Assert.Throws<OrchestrationUnavailableException>(() => store.TryStart("two", Noon, default));
        Assert.Equal(Options.RetryDelay, refused.RetryAfter);
        Assert.Equal("archive", store.Archive("ended"));
        var finished = store.WhenDurable(store.Finish(number, OrchestrationRuntimeStatus.Completed, Noon, Bytes("end")));
        Assert.Equal(OrchestrationRuntimeStatus.Running, store.Find("one")?.Status);
        Assert.False(appended.IsCompleted || finished.IsCompleted);

        disk.Capacity = long.MaxValue;

        await appended.WaitAsync(TimeSpan.FromSeconds(30));
        await finished.WaitAsync(TimeSpan.FromSeconds(30));
        await UntilAsync(() => store.Failure is null, "the failure is over");
        Assert.Equal("end", store.Archive("one"));
        await store.StartAsync("two");
    }

    [Fact]
    public async Task DiskFull_WhileTheActiveSegmentHasRoom_RefusesStartsAndLetsTheRestGoOn()
    {
        var disk = new TestDisk(1);
        await using var store = await OpenAsync(Options, disk);
        var number = await store.StartAsync("one");
        await UntilAsync(() => disk.Paths.Contains("/data/next.tmp"), "the next segment is prepared");
        disk.Capacity = 0;

        // The prepared one goes into use: time to prepare another.
        await store.DurableAsync(store.Append(number, new byte[2500]));
        await store.DurableAsync(store.Append(number, new byte[2500]));
        await UntilAsync(() => store.Failure is not null, "the shortage is noticed");

        Assert.Null(store.WriteFailure);
        Assert.Throws<OrchestrationUnavailableException>(() => store.TryStart("two", Noon, default));
        await store.FinishAsync(number, "archive");
        Assert.Equal("archive", store.Archive("one"));
        await store.DurableAsync(store.Purge(number));
        Assert.Null(store.Find("one"));

        disk.Capacity = long.MaxValue;
        await UntilAsync(() => store.Failure is null, "the shortage is over");
        await store.StartAsync("two");
    }

    [Fact]
    public async Task OpenAsync_OnAFullDisk_ReadsAndWritesWhenThereIsRoom()
    {
        var disk = new TestDisk(1);
        await using (var first = await OpenAsync(Options, disk))
        {
            var number = await first.StartAsync("one");
            await first.FinishAsync(number, new string('x', 3320));
        }

        disk.Capacity = 0;
        await using var store = await OpenAsync(Options, disk);
        await UntilAsync(() => store.Failure is not null, "the full disk is noticed");
        Assert.Equal(3320, store.Archive("one")?.Length);

        disk.Capacity = long.MaxValue;
        await UntilAsync(() => store.Failure is null, "there is room");
        await store.StartAsync("two");
    }

    [Fact]
    public async Task DiskFull_ForLong_IsLookedAtAndNotWrittenTo()
    {
        var disk = new TestDisk(1);
        await using var store = await OpenAsync(Options, disk);
        var number = await store.StartAsync("one");
        await UntilAsync(() => disk.Paths.Contains("/data/next.tmp"), "the next segment is prepared");
        // Half of a segment is free.
        disk.Capacity = disk.UsedBytes + 2048;
        await store.DurableAsync(store.Append(number, new byte[2000]));
        await store.DurableAsync(store.Append(number, new byte[2000]));
        await UntilAsync(() => store.Failure is not null, "the shortage is noticed");
        var (written, looks) = (disk.WrittenBytes, disk.FreeSpaceLooks);

        await UntilAsync(() => disk.FreeSpaceLooks > looks + 5, "it is tried again");

        Assert.Equal(written, disk.WrittenBytes);
    }

    [Fact]
    public async Task Flush_ThatFails_IsLoggedWhereItHoldsUpNobody()
    {
        var disk = new TestDisk(1);
        var log = new AskingLogger();
        await using var store = await InstanceStore.OpenAsync(Options, disk, log, CancellationToken.None);
        log.Ask = () => store.Find("one");
        disk.FailingFlushes = 1;

        await store.StartAsync("one");

        await UntilAsync(() => log.Messages.Contains("The journal can be written again."), "its end is logged");
        Assert.True(log.WasAnswered, "While it logs, the store answers nobody.");
    }

    [Fact]
    public async Task OpenAsync_ASecondTime_IsRefusedAndSaysWhoHoldsIt()
    {
        using var folder = new TemporaryFolder();
        var options = Options with { Folder = folder.Path };
        await using (await OpenAsync(options))
        {
            var refused = await Assert.ThrowsAsync<StoreLockedException>(() => OpenAsync(options));

            Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName} since ", refused.Message, StringComparison.Ordinal);
        }

        await using var again = await OpenAsync(options);
    }

    /// <summary>Asks the store something from another thread at every line that is logged.</summary>
    private sealed class AskingLogger : ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        public Action Ask { get; set; } = () => { };

        public bool WasAnswered { get; private set; } = true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var asking = new Thread(() => Ask()) { IsBackground = true };
            asking.Start();
            WasAnswered &= asking.Join(TimeSpan.FromSeconds(10));
            Messages.Enqueue(formatter(state, exception));
        }
    }
}
