using CallCenter.Runtime.Storage.Index;

namespace CallCenter.Tests.Storage;

public sealed class NumberSetTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    [InlineData(10_000_000)]
    public void AddTo_AfterAnyChanges_AddsTheBitsOfThoseThatAreThere(int range)
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
            var bits = new ulong[8];
            var from = chance.Next(0, range + 1_000) & ~511L;
            set.AddTo(bits, from);
            Assert.Equal(expected.GetViewBetween(from, from + 511), Numbers(bits, from));
        }
    }

    private static IEnumerable<long> Numbers(ulong[] bits, long from) =>
        Enumerable.Range(0, 64 * bits.Length).Where(at => (bits[at >> 6] >> (at & 63) & 1) != 0).Select(at => from + at);
}
