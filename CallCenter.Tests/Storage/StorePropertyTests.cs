using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace CallCenter.Tests.Storage;

/// <summary>
/// Any interleaving of changes, waits, compactions, restarts, kills, power cuts, failed flushes and full disks gives back what was acknowledged.
/// CALLCENTER_MUTATIONS=20000000 runs it for so many changes, CALLCENTER_SEED=100000 from that seed on: several may share a long run.
/// </summary>
public sealed class StorePropertyTests(ITestOutputHelper output)
{
    private const int StepsOfALife = 600;

    [Fact]
    public void Store_AfterAnyInterleaving_HoldsWhatWasAcknowledged()
    {
        var word = Gen.Choose(int.MinValue, int.MaxValue).Select(number => (uint)number);
        var life = Gen.Choose(0, int.MaxValue).SelectMany(seed => word.ArrayOf(StepsOfALife).Select(all => (Seed: seed, Steps: all)));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(life.ToArbitrary(), one => Live(one.Seed, one.Steps) >= 0));
    }

    [Fact]
    public void Store_AfterAsManyMutationsAsAskedFor_HoldsWhatWasAcknowledged()
    {
        var wanted = long.Parse(Environment.GetEnvironmentVariable("CALLCENTER_MUTATIONS") ?? "12000", CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        var done = 0L;
        var first = int.Parse(Environment.GetEnvironmentVariable("CALLCENTER_SEED") ?? "1", CultureInfo.InvariantCulture);
        for (var seed = first; done < wanted; seed++)
        {
            var chance = new System.Random(seed);
            var steps = Enumerable.Range(0, StepsOfALife * 10).Select(_ => (uint)chance.NextInt64(uint.MaxValue + 1L)).ToArray();
            try
            {
                done += Live(seed, steps);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }

            if (seed % 1000 == 0)
                Console.WriteLine($"{done:N0} mutations in {clock.Elapsed.TotalSeconds:N0} s");
        }

        output.WriteLine($"{done:N0} mutations in {clock.Elapsed.TotalSeconds:N1} s");
    }

    private static long Live(int seed, uint[] steps)
    {
        // Mostly on one thread: a failure comes again with its seed.
        using var driver = new StoreDriver(seed, ownThreads: seed % 8 == 0);
        driver.Run(steps);
        return driver.Mutations;
    }
}
