using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>What an owner left with an instance that rests.</summary>
public sealed class StoreRestingTests
{
    private readonly TestDisk _disk = new(1);

    [Fact]
    public async Task Upkeep_InstanceThatRests_IsNotReadByTheNextStartEither()
    {
        long number;
        await using (var store = await OpenAsync(SmallSegments, _disk))
        {
            number = await store.StartAsync("rests", "first");
            store.Rest(number, [7]);
            for (var i = 0; i < 20; i++)
            {
                var garbage = await store.StartAsync($"case {i}");
                await store.FinishAsync(garbage, new string('x', 300));
                await store.DurableAsync(store.Purge(garbage));
            }
            await store.RunUpkeepAsync(CancellationToken.None);
            Assert.DoesNotContain("/data/0000000001.journal", _disk.Paths);
        }

        await using var again = await OpenAsync(SmallSegments, _disk);

        var resting = Assert.Single(again.TakeResting());
        Assert.Equal((number, 7), (resting.Number, resting.Note.Span[0]));
        Assert.Empty(again.TakeUnfinished());
        Assert.Equal("first", Text(Assert.Single(again.Load(number)!.Payloads)));
    }
}
