using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>The list and the start dialog on a telephone.</summary>
public sealed class SmallScreenTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    /// <summary>What stands out of the screen or of a box that does not scroll, and what is too low to be hit with a finger.</summary>
    private const string Faults = """
        () => {
          const shown = [...document.querySelectorAll('body *')].filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.visually-hidden, .skip'));
          const scrolls = one => one && (['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth || scrolls(one.parentElement));
          const what = one => `${one.tagName} ${one.className} ${(one.textContent ?? '').slice(0, 20)}`;
          const out = shown.filter(one => one.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(one.parentElement)).map(one => `out: ${what(one)}`);
          const low = shown.filter(one => one.matches('a, button, summary, select, input:not([type=radio], [type=checkbox])') && one.getBoundingClientRect().height < 24);
          return [...out, ...low.map(one => `low: ${what(one)}`)].join('\n');
        }
        """;

    [BrowserTheory]
    [InlineData(360, true)]
    [InlineData(320, true)]
    [InlineData(320, false)]
    public async Task List_OnANarrowScreen_ShowsAllAndCanBeHitWithAFinger(int width, bool alone)
    {
        await OpenAsync(width, alone);
        await FaultsAreNoneAsync();
    }

    [BrowserTheory]
    [InlineData(360)]
    [InlineData(320)]
    public async Task InboxAndBulk_OnANarrowScreen_ShowAllAndCanBeHitWithAFinger(int width)
    {
        await OpenAsync(width, alone: false);
        await Page.Locator(".count", new() { HasText = "Waiting" }).ClickAsync();
        await Expect(Page.Locator("table.inbox tbody tr")).ToHaveCountAsync(10);
        await FaultsAreNoneAsync();

        await Page.GetByLabel("Select all on this page").CheckAsync();
        await FaultsAreNoneAsync();
        await Button("Terminate").ClickAsync();
        await Expect(Page.Locator("dialog h2")).ToHaveTextAsync("Terminate 10 cases?");
        await FaultsAreNoneAsync();
        await DialogIsWholeAsync();
    }

    [BrowserTheory]
    [InlineData(360)]
    [InlineData(320)]
    public async Task StartDialog_OnANarrowScreen_ShowsAllAndCanBeHitWithAFinger(int width)
    {
        await OpenAsync(width, alone: true);
        await Page.ClickAsync("#start");
        await Page.Locator("dialog summary").ClickAsync();
        await Page.GetByLabel("An agent").CheckAsync();

        await FaultsAreNoneAsync();
        await DialogIsWholeAsync();
    }

    private async Task OpenAsync(int width, bool alone)
    {
        await OpenPageAsync(new() { ViewportSize = new() { Width = width, Height = 640 } });
        var list = await FakeList.InAsync(Page, alone: alone);
        var statuses = new[] { "Waiting", "Failed", "Completed", "Running", "Suspended", "Terminated" };
        foreach (var number in Enumerable.Range(0, 60))
            list.Add(number % 10 == 0 ? $"{number}{new string('W', 100)}" : $"{number}", statuses[number % 6], deadline: DateTimeOffset.UtcNow.AddDays(400));
        list.Change("59", item => item["createdAt"] = "2020-12-28T22:58:58Z");
        await GoToAsync();
        await Expect(Rows).ToHaveCountAsync(50);
    }

    private async Task DialogIsWholeAsync() =>
        Assert.True(await Page.Locator("dialog").EvaluateAsync<bool>("dialog => dialog.scrollWidth <= dialog.clientWidth"));

    private async Task FaultsAreNoneAsync() => Assert.Equal("", await Page.EvaluateAsync<string>(Faults));
}
