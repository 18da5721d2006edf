using CallCenter.Runtime.Storage;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>Who flushes: a thread that waits and may do so, or the journal's own. One at a time, and nobody is forgotten.</summary>
public sealed class FlushingThreadTests
{
    private const string Journal = "Journal";

    private static readonly StoreOptions Options = new()
    {
        NameOf = NameOf,
        Folder = "/data",
        RetryDelay = TimeSpan.FromMilliseconds(1),
        UpkeepInterval = Timeout.InfiniteTimeSpan,
    };

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Notify_ByWhoMayFlush_FlushesBeforeItReturns()
    {
        var disk = new TestDisk(1);
        await using var store = await OpenAsync(Options, disk);
        var number = await store.StartAsync("one");
        List<Thread> flushing = [];
        OnFlush(disk, () => flushing.Add(Thread.CurrentThread));
        using var listener = new BlockingListener(mayFlush: true);

        store.NotifyWhenDurable(store.Append(number, Bytes("more")), listener);

        Assert.True(listener.IsCommitted);
        Assert.Same(Thread.CurrentThread, Assert.Single(flushing));
    }

    [Fact]
    public async Task Notify_ByWhoMayNotFlush_LeavesItToTheJournal()
    {
        var disk = new TestDisk(1);
        await using var store = await OpenAsync(Options, disk);
        var number = await store.StartAsync("one");
        string? flushing = null;
        OnFlush(disk, () => flushing = Thread.CurrentThread.Name);
        using var listener = new BlockingListener(mayFlush: false);

        store.NotifyWhenDurable(store.Append(number, Bytes("more")), listener);

        Assert.True(listener.WaitForCommit(() => false));
        Assert.Equal(Journal, flushing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Notify_WhileAnotherFlushes_ReturnsAndIsFlushedNext(bool firstMayFlush)
    {
        var disk = new TestDisk(1);
        await using var store = await OpenAsync(Options, disk);
        var number = await store.StartAsync("one");
        using var began = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var flushes = 0;
        OnFlush(disk, () =>
        {
            if (Interlocked.Increment(ref flushes) == 1)
            {
                began.Set();
                Assert.True(go.Wait(Deadline));
            }
        });
        using var first = new BlockingListener(firstMayFlush);
        using var second = new BlockingListener(mayFlush: true);
        using var third = new BlockingListener(mayFlush: false);

        var flushing = Task.Run(() => store.NotifyWhenDurable(store.Append(number, Bytes("first")), first));
        Assert.True(began.Wait(Deadline));
        store.NotifyWhenDurable(store.Append(number, Bytes("second")), second);
        store.NotifyWhenDurable(store.Append(number, Bytes("third")), third);
        var early = second.IsCommitted || third.IsCommitted;
        go.Set();

        Assert.False(early);
        Assert.True(first.WaitForCommit(() => false) && second.WaitForCommit(() => false) && third.WaitForCommit(() => false));
        Assert.Equal(2, flushes);
        await flushing;
    }

    [Fact]
    public async Task Notify_WhenItsFlushFails_ReturnsAndTheJournalTriesAgain()
    {
        var disk = new TestDisk(1);
        await using var store = await OpenAsync(Options, disk);
        var number = await store.StartAsync("one");
        disk.FailingFlushes = 3;
        using var listener = new BlockingListener(mayFlush: true);

        store.NotifyWhenDurable(store.Append(number, Bytes("more")), listener);

        Assert.True(listener.WaitForCommit(() => false));
        await UntilAsync(() => store.Failure is null, "the failure is over");
    }

    [Fact]
    public async Task Dispose_WhileSomebodyFlushes_WaitsForIt()
    {
        var disk = new TestDisk(1);
        var store = await OpenAsync(Options, disk);
        var number = await store.StartAsync("one");
        using var began = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        OnFlush(disk, () =>
        {
            began.Set();
            Assert.True(go.Wait(Deadline));
        });
        using var listener = new BlockingListener(mayFlush: true);
        var flushing = Task.Run(() => store.NotifyWhenDurable(store.Append(number, Bytes("more")), listener));
        Assert.True(began.Wait(Deadline));

        var disposing = Task.Run(() => store.DisposeAsync().AsTask());
        await UntilAsync(() => Refuses(() => store.Append(number, Bytes("late"))), "the store takes nothing more");
        var early = disposing.IsCompleted;
        go.Set();
        await disposing;
        await flushing;

        Assert.False(early);
        disk.Restart();
        await using var again = await OpenAsync(Options, disk);
        var payloads = Assert.Single(again.TakeUnfinished()).Payloads.Select(payload => Text(payload));
        Assert.Equal(["start", "more"], payloads.Where(payload => payload != "late"));
    }

    private static bool Refuses(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>Not the segment that is prepared meanwhile.</summary>
    private static void OnFlush(TestDisk disk, Action act) => disk.DuringFlush = () =>
    {
        if (Thread.CurrentThread.Name != "Journal preparer")
            act();
    };
}
