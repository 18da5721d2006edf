using CallCenter.Runtime.Storage.Index;

namespace CallCenter.Tests.Storage;

public sealed class NumberSetTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    [InlineData(10_000_000)]
    public void Below_AfterAnyChanges_GivesTheNextOne(int range)
    {
        var (set, expected, chance) = (new NumberSet(), new SortedSet<long>(), new Random(range));
        for (var step = 0; step < 5_000; step++)
        {
            var number = chance.Next(1, range);
            if (chance.Next(2) == 0 && expected.Count > 0)
            {
                number = chance.Next(2) == 0 ? number : (int)expected.Min;
                set.Remove(number);
                expected.Remove(number);
            }
            else
            {
                set.Add(number);
                expected.Add(number);
            }

            Assert.Equal(expected.Count, set.Count);
            var below = chance.Next(3) == 0 ? long.MaxValue : chance.Next(1, range + 100);
            Assert.Equal(expected.GetViewBetween(0, below - 1).DefaultIfEmpty().Max(), set.Below(below));
        }
    }
}
