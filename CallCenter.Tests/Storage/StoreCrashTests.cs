using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>The power goes at every single operation on the disk, in the middle of everything the store does.</summary>
public sealed class StoreCrashTests
{
    private const int MostOperations = 5000;

    private static readonly StoreOptions Options = SmallSegments;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_CutAtEveryOperation_HoldsWhatWasAcknowledged(bool losePower)
    {
        for (var cut = 1; cut < MostOperations; cut++)
        {
            var disk = new TestDisk(cut);
            var model = new StoreModel();
            if (losePower)
                disk.CutAt = cut;
            else
                disk.KillAt = cut;
            await LiveAsync(disk, model);
            if (!disk.IsOff)
                return;

            disk.Restart(losePower);
            await CheckAsync(disk, model);
        }

        Assert.Fail("It never came to an end.");
    }

    [Fact]
    public async Task OpenAsync_CutAtEveryOperation_LosesNothing()
    {
        var disk = new TestDisk(1);
        var model = new StoreModel();
        disk.CutAt = 150;
        await LiveAsync(disk, model);
        disk.Restart();
        for (var cut = 1; cut < MostOperations; cut++)
        {
            disk.CutAt = disk.Operations + cut;
            await IgnoreCutAsync(async () =>
            {
                await using var store = await OpenAsync(Options, disk);
            });
            var wasCut = disk.IsOff;
            disk.Restart();
            if (wasCut)
                continue;

            await CheckAsync(disk, model);
            return;
        }

        Assert.Fail("It never came to an end.");
    }

    private static async Task CheckAsync(TestDisk disk, StoreModel model)
    {
        await using var store = await OpenAsync(Options, disk);
        model.CheckRecovered(store);
        model.CheckShown(store);
        // It works, and what it writes now is not mixed up with what was lost.
        await store.FinishAsync(await store.StartAsync("after"), "the crash");
        Assert.Equal("the crash", store.Archive("after"));
    }

    /// <summary>Twenty instances that start, grow and end, half of them purged, then compaction: several segments.</summary>
    private static async Task LiveAsync(TestDisk disk, StoreModel model) => await IgnoreCutAsync(async () =>
    {
        await using var store = await OpenAsync(Options, disk);
        for (var i = 0; i < 20; i++)
        {
            var id = $"case {i}";
            var first = Bytes(new string('a', 10 * i));
            var (number, started) = store.TryStart(id, Noon, first)!.Value;
            model.Tell(started, all => all.Add(number, new ModelInstance(number, id) { Payloads = [first] }));
            Acknowledge(store, model, started);

            var second = Bytes("second");
            var grown = store.Append(number, second);
            model.Tell(grown, all => all[number] = all[number] with { Payloads = [first, second] });
            if (i % 5 == 4)
                continue;

            var archive = Bytes(new string('z', 100));
            var ended = store.Finish(number, OrchestrationRuntimeStatus.Completed, Noon, archive);
            model.Tell(ended, all => all[number] = all[number] with { Status = OrchestrationRuntimeStatus.Completed, LastUpdatedAt = Noon, Payloads = [archive] });
            Acknowledge(store, model, ended);
            if (i % 2 == 0)
                continue;

            var purged = store.Purge(number);
            model.Tell(purged, all => all.Remove(number));
            Acknowledge(store, model, purged);
        }

        await store.RunUpkeepAsync(CancellationToken.None).WaitAsync(disk.IsOff ? TimeSpan.Zero : TimeSpan.FromSeconds(20));
    });

    private static void Acknowledge(InstanceStore store, StoreModel model, long position)
    {
        using var listener = new BlockingListener(mayFlush: position % 2 == 0);
        store.NotifyWhenDurable(position, listener);
        if (!listener.WaitForCommit(() => store.WriteFailure is not null))
            throw new IOException("The power is off.");
        model.Acknowledge(position);
    }

    private static async Task IgnoreCutAsync(Func<Task> live)
    {
        try
        {
            await live();
        }
        catch (Exception e) when (e is IOException or StoreFolderException or OrchestrationUnavailableException or TimeoutException)
        {
            // The cut: an answer of its own.
        }
    }
}
