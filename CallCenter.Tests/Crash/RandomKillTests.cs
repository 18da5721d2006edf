using System.Diagnostics;
using System.Globalization;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;
using Xunit.Abstractions;

namespace CallCenter.Tests.Crash;

/// <summary>
/// Promise 1: a 202 means that the case is on disk, and from then on it ends exactly once, whatever is killed when. Beside the load, cases are
/// rewound and removed and the journal, in small segments, is compacted all the time.
/// </summary>
[Collection(CrashTestGroup.Name)]
public sealed class RandomKillTests(ITestOutputHelper output)
{
    private const string KillsVariable = "CALLCENTER_KILLS";

    [Fact]
    public async Task Kill_AtRandomUnderLoad_LosesRepeatsAndChangesNothing()
    {
        const int cases = 600;
        const int kills = 6;
        using var folder = new TemporaryFolder();
        await using var storm = await KillStorm.StartAsync(folder.Path, cases);
        for (var kill = 1; kill <= kills; kill++)
        {
            await Eventually.TrueAsync(() => Task.FromResult(storm.Acknowledged >= kill * cases / (kills + 1)));
            await storm.KillAsync();
        }

        await storm.StopAsync();
        await storm.AuditAsync();
    }

    [LongFact(KillsVariable, "1000")]
    public async Task Kill_ManyTimesUnderLoad_LosesRepeatsAndChangesNothing()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable(KillsVariable)!, CultureInfo.InvariantCulture);
        var progress = new Progress("kills.log", output);
        var watch = Stopwatch.StartNew();
        using var folder = new TemporaryFolder();
        await using var storm = await KillStorm.StartAsync(folder.Path, int.MaxValue, pause: TimeSpan.FromMilliseconds(20));
        for (var kill = 1; kill <= kills; kill++)
        {
            // Sometimes in the recovery, mostly after some cases.
            var enough = storm.Acknowledged + Random.Shared.Next(0, 50);
            await Eventually.TrueAsync(() => Task.FromResult(storm.Acknowledged >= enough));
            await storm.KillAsync();
            if (kill % 10 == 0)
                progress.Write($"{kill} kills, {storm.Acknowledged} cases acknowledged, {storm.Beside}, {watch.Elapsed:hh\\:mm\\:ss}");
        }

        await storm.StopAsync();
        progress.Write($"auditing {storm.Acknowledged} cases");
        await storm.AuditAsync();
        progress.Write($"{kills} kills: all {storm.Acknowledged} cases ended once and right, after {watch.Elapsed:hh\\:mm\\:ss}");
    }
}
