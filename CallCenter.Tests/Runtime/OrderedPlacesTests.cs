using CallCenter.Runtime.Execution;

namespace CallCenter.Tests.Runtime;

/// <summary>Against a sorted set, through any changes.</summary>
public sealed class OrderedPlacesTests
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 5_000)]
    [InlineData(3, int.MaxValue)]
    public void AfterAnyChanges_HoldsTheSameAsASortedSet(int seed, int ranks)
    {
        var chance = new Random(seed);
        var expected = new SortedSet<(long Rank, long Number)>();
        for (var i = 0; i < 3_000; i++)
            expected.Add((chance.Next(ranks), chance.Next(10_000)));
        var places = new OrderedPlaces();
        var shuffled = expected.OrderBy(_ => chance.Next()).ToList();
        places.AddRange([.. shuffled.Select(one => one.Rank)], [.. shuffled.Select(one => one.Number)]);
        for (var step = 0; step < 20_000; step++)
        {
            var place = (Rank: (long)chance.Next(ranks), Number: (long)chance.Next(10_000));
            // Now it grows, now it shrinks, down to none.
            if (chance.Next(100) < (step / 5_000 % 2 == 0 ? 70 : 20))
            {
                expected.Add(place);
                places.Add(place.Rank, place.Number);
            }
            else
            {
                if (chance.Next(4) > 0 && expected.Count > 0)
                    place = expected.Min;
                expected.Remove(place);
                places.Remove(place.Rank, place.Number);
            }

            Assert.Equal(expected.Count, places.Count);
            Assert.Equal(expected.Count > 0 ? expected.Min : null, places.First);
            if (step % 500 == 0)
                AssertSame(expected, places, place);
        }
        while (expected.Count > 0)
        {
            places.Remove(expected.Max.Rank, expected.Max.Number);
            expected.Remove(expected.Max);
        }
        AssertSame(expected, places, (1, 1));
    }

    [Fact]
    public void AddRange_OfEqualRanks_OrdersThemByNumber()
    {
        var places = new OrderedPlaces();

        places.AddRange([2, 1, 2, 1, 2], [9, 7, 3, 8, 5]);

        Assert.Equal([(1, 7), (1, 8), (2, 3), (2, 5), (2, 9)], places.Behind(default));
    }

    [Fact]
    public void AddRange_InOrderAlready_KeepsIt()
    {
        var places = new OrderedPlaces();

        places.AddRange([1, 1, 2, 3], [9, 7, 3, 8]);

        Assert.Equal([(1, 7), (1, 9), (2, 3), (3, 8)], places.Behind(default));
    }

    private static void AssertSame(SortedSet<(long Rank, long Number)> expected, OrderedPlaces places, (long Rank, long Number) place)
    {
        Assert.Equal(expected, places.Behind((long.MinValue, long.MinValue)));
        Assert.Equal(expected.Where(one => one.CompareTo(place) > 0), places.Behind(place));
        Assert.Equal(expected.Count(one => one.Rank < place.Rank), places.CountBelow(place.Rank));
    }
}
