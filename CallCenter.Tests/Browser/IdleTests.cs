using System.Globalization;
using CallCenter.Tests.Conformance;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>What a list costs that is left open.</summary>
public sealed class IdleTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    private int _underWay;

    [BrowserFact]
    public async Task Minute_InWhichNothingHappens_CostsLessThan5Kilobytes()
    {
        for (var number = 0; number < 30; number++)
            await Host.StartCaseAsync(new { inputCaseID = $"{number:00}", workMode = "agent" });
        await OpenAsync();
        await Expect(Rows).ToHaveCountAsync(30);
        await PassAsync(seconds: 20);
        var received = 0.0;
        var debugger = await Page.Context.NewCDPSessionAsync(Page);
        await debugger.SendAsync("Network.enable");
        debugger.Event("Network.loadingFinished").OnEvent += (_, end) => received += end!.Value.GetProperty("encodedDataLength").GetDouble();

        await PassAsync(seconds: 60);

        Assert.InRange(received, 1, 5 * 1024);
    }

    [BrowserFact]
    public async Task Hour_OfALiveList_LeavesNothingBehind()
    {
        var list = await FakeList.InAsync(Page);
        for (var number = 0; number < 60; number++)
            list.Add($"{number}", number % 2 == 0 ? "Running" : "Waiting");
        await OpenAsync();
        await Expect(Rows).ToHaveCountAsync(50);
        await LiveAsync(list, 60, minutes: 3);
        var before = await CountAsync();

        await LiveAsync(list, 1000, minutes: 60);

        var after = await CountAsync();
        Assert.True(after.Listeners <= before.Listeners + 60, $"{before.Listeners} listeners became {after.Listeners}.");
        Assert.True(after.Nodes <= before.Nodes * 1.1, $"{before.Nodes} nodes became {after.Nodes}.");
    }

    /// <summary>A page whose clock goes on only when it is told to.</summary>
    private async Task OpenAsync()
    {
        Page.Request += (_, _) => Interlocked.Increment(ref _underWay);
        Page.RequestFinished += (_, _) => Interlocked.Decrement(ref _underWay);
        Page.RequestFailed += (_, _) => Interlocked.Decrement(ref _underWay);
        await Page.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow });
        await GoToAsync();
    }

    private async Task LiveAsync(FakeList list, int first, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            list.Add((first + minute).ToString(CultureInfo.InvariantCulture), "Running");
            await PassAsync(seconds: 10);
            list.Change((first + minute).ToString(CultureInfo.InvariantCulture), item => item["runtimeStatus"] = "Completed");
            await PassAsync(seconds: 50);
        }
    }

    private async Task PassAsync(int seconds)
    {
        for (var second = 0; second < seconds; second += 5)
        {
            await Page.Clock.RunForAsync(5000);
            await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref _underWay) == 0));
        }
    }

    private async Task<(double Nodes, double Listeners)> CountAsync()
    {
        var debugger = await Page.Context.NewCDPSessionAsync(Page);
        await debugger.SendAsync("Performance.enable");
        await debugger.SendAsync("HeapProfiler.collectGarbage");
        var metrics = (await debugger.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return (metrics["Nodes"], metrics["JSEventListeners"]);
    }
}
