using System.Collections.Concurrent;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>How the page keeps in touch with the server.</summary>
public sealed class ConnectionTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [BrowserFact]
    public async Task Restart_OfTheServerWhileWatching_IsSaidAndRecovered()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync(AddressOf(id));
        await StateBecomesAsync("Work on Case", "waiting");

        await Host.StopAsync();
        await Expect(Page.Locator("#connection-lost")).ToContainTextAsync("No connection to the server");
        await Expect(Page.Locator("#connection")).ToHaveTextAsync("Offline");

        await Host.StartAgainAsync();
        await Expect(Page.Locator("#connection")).ToHaveTextAsync("Live");
        await Expect(Page.Locator("#connection-lost")).ToBeHiddenAsync();
        await Button("Resolved").ClickAsync();
        await StateBecomesAsync("Close Case", "done");
    }

    [BrowserFact]
    public async Task Watching_CaseThatDoesNotMove_CostsA304()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        var statuses = new ConcurrentBag<int>();
        Page.Response += (_, response) =>
        {
            if (response.Url.EndsWith(id, StringComparison.Ordinal))
                statuses.Add(response.Status);
        };
        await GoToAsync(AddressOf(id));

        await Page.WaitForResponseAsync(response => response.Status == 304 && response.Url.EndsWith(id, StringComparison.Ordinal));
        await StateBecomesAsync("Work on Case", "waiting");
        Assert.Contains(200, statuses);
    }

    [BrowserFact]
    public async Task FirstPage_OverTheWire_IsSmall()
    {
        await GoToAsync();
        await Expect(Page.Locator("#connection")).ToHaveTextAsync("Live");

        var bytes = await Page.EvaluateAsync<int>("() => performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize ?? 0), 0)");

        Assert.InRange(bytes, 1, 100 * 1024);
    }
}

/// <summary>A host that wants a key.</summary>
public sealed class KeyTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    protected override string[] HostArguments => ["--CallCenter:ApiKey", "open sesame"];

    [BrowserFact]
    public async Task Key_AskedForOnce_IsKeptInTheSession()
    {
        await GoToAsync();
        await Page.GetByLabel("API key").FillAsync("wrong");
        await Button("Use this key").ClickAsync();
        await Expect(Page.GetByText("The server did not accept this key.")).ToBeVisibleAsync();
        await Page.GetByLabel("API key").FillAsync("open sesame");
        await Button("Use this key").ClickAsync();
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No cases yet");

        await Page.ReloadAsync();
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No cases yet");
        await Page.ClickAsync("#start");
        await Page.FillAsync("[name=inputCaseID]", "001");
        await Page.GetByLabel("An agent").CheckAsync();
        await Button("Start the case").ClickAsync();
        await StateBecomesAsync("Work on Case", "waiting");
        await Page.Locator("summary", new() { HasText = "History" }).ClickAsync();
        await Expect(Page.Locator("table.history tbody tr").First).ToContainTextAsync("ExecutionStarted");
        Assert.Null(await Page.EvaluateAsync<string?>("() => localStorage.getItem('callcenter.key')"));
    }

    [BrowserFact]
    public async Task Key_GoneWhenTheTabIsLoadedAgain_IsAskedForOnce()
    {
        await GoToAsync();
        await Page.GetByLabel("API key").FillAsync("open sesame");
        await Button("Use this key").ClickAsync();
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No cases yet");
        await Page.EvaluateAsync("() => sessionStorage.removeItem('callcenter.key')");

        await Page.ReloadAsync();
        await Page.GetByLabel("API key").FillAsync("open sesame");
        await Button("Use this key").ClickAsync();

        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No cases yet");
        await Expect(Page.GetByLabel("API key")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Key_EscapePressedAgainAndAgain_StillAsks()
    {
        await GoToAsync();
        for (var press = 0; press < 4; press++)
        {
            await Expect(Page.GetByLabel("API key")).ToBeVisibleAsync();
            await Page.Keyboard.PressAsync("Escape");
        }

        await Page.GetByLabel("API key").FillAsync("open sesame");
        await Button("Use this key").ClickAsync();
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No cases yet");
    }
}
