using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>The list of cases.</summary>
public sealed class ListTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [BrowserFact]
    public async Task Figures_OfTheLastHour_StandAboveTheList()
    {
        Host.Worker.Decide(1);
        await Host.StartCaseAsync(new { inputCaseID = "001" }, untilItHasEnded: true);
        await Host.StartCaseAsync(new { inputCaseID = "002", workMode = "agent" });
        await GoToAsync();

        await Expect(Page.Locator(".figures-facts")).ToContainTextAsync("Started2");
        await Expect(Page.Locator(".figures-facts")).ToContainTextAsync("Resolved100 %");
        await Expect(Page.Locator(".figures-facts")).ToContainTextAsync("Waiting now1, the oldest");
        await Expect(Page.Locator(".figures-chart title")).ToContainTextAsync("2 started, 1 completed, 0 failed");
        await Page.GetByText("How long the states take").ClickAsync();
        await Expect(Page.Locator(".figures-table tbody tr")).ToHaveCountAsync(4);
        await Expect(Page.Locator(".heat .state[data-state='Close Case'] .state-note")).ToContainTextAsync("ms");
    }

    [BrowserFact]
    public async Task Figures_OfAHostThatKeepsNone_AreNotThereAndSaidSo()
    {
        await Page.RouteAsync("**/api/workflows", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("\"figures\":true", "\"figures\":false", StringComparison.Ordinal) });
        });
        await GoToAsync();

        await Expect(Page.Locator(".no-figures")).ToHaveTextAsync("This host keeps no figures for the last hour.");
        await Expect(Page.Locator(".figures")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task List_NewCase_AppearsByItself()
    {
        await GoToAsync();
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No cases yet");
        await Count("Failed").ClickAsync();
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No case matches these filters");
        await Button("Clear the filters").ClickAsync();

        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });

        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Rows.First).ToContainTextAsync("An agent has to decide");
        await Expect(Rows.First).ToContainTextAsync(new Regex(@"\d+:\d\d left"));
        await Page.GetByRole(AriaRole.Link, new() { Name = "001" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex($"{id}$"));
    }

    [BrowserFact]
    public async Task Filter_StatusAndPrefix_ShowsOnlyThoseAndIsInTheAddress()
    {
        Host.Worker.Decide(1);
        await Host.StartCaseAsync(new { inputCaseID = "001" }, "red-1", untilItHasEnded: true);
        Host.Worker.Decide(0);
        await Host.StartCaseAsync(new { inputCaseID = "002" }, "red-2", untilItHasEnded: true);
        await Host.StartCaseAsync(new { inputCaseID = "003" }, "blue-3", untilItHasEnded: true);
        await GoToAsync();
        await Expect(Rows).ToHaveCountAsync(3);

        await Count("Failed").ClickAsync();
        await Expect(Rows).ToHaveCountAsync(2);
        await Expect(Count("Failed")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Rows.First).ToContainTextAsync("Engage Tier 2 Support.");

        await Page.GetByRole(AriaRole.Searchbox).FillAsync("red");
        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Rows.First).ToContainTextAsync("002");

        await Page.ReloadAsync();
        await Expect(Rows).ToHaveCountAsync(1);
        await Page.GetByRole(AriaRole.Searchbox).FillAsync("green");
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No case matches these filters");
        await Button("Clear the filters").ClickAsync();
        await Expect(Rows).ToHaveCountAsync(3);
    }

    [BrowserFact]
    public async Task Filter_TimeRange_LeavesOutWhatIsOlder()
    {
        await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync();
        await Page.GetByLabel("Started").SelectOptionAsync("Last hour");
        await Expect(Page).ToHaveURLAsync(new Regex("minutes=60"));
        await Expect(Rows).ToHaveCountAsync(1);

        await GoToAsync("#/cases?to=2020-01-01T00%3A00");
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No case matches these filters");
        await GoToAsync("#/cases?from=yesterday");
        await Expect(Page.Locator(".list-message")).ToContainTextAsync("'from' is 'yesterday'.");
    }

    [BrowserFact]
    public async Task Paging_FiveHundredCases_ShowsEachOnce()
    {
        Host.Worker.Decide(1);
        await Parallel.ForAsync(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            await Host.StartCaseAsync(new { inputCaseID = $"{number:000}" }, untilItHasEnded: true));
        await GoToAsync();
        await Expect(Count("Completed")).ToContainTextAsync("500");

        var seen = new HashSet<string>();
        for (var page = 0; page < 10; page++)
        {
            await Expect(Page.Locator(".pager-range")).ToHaveTextAsync($"{page * 50 + 1}–{page * 50 + 50} of 500");
            seen.UnionWith(await Page.Locator(".instance-link").AllInnerTextsAsync());
            if (page < 9)
                await Button("Older").ClickAsync();
        }
        Assert.Equal(500, seen.Count);

        // A page that is just full may have a token all the same: behind it there is nothing, and the page says so.
        if (await Button("Older").IsEnabledAsync())
            await Button("Older").ClickAsync();
        await Expect(Button("Older")).ToBeDisabledAsync();
        await Expect(Page.Locator(".pager-range")).ToHaveTextAsync("451–500 of 500");
        await Page.Locator(".instance-link").First.ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "All cases" }).ClickAsync();
        await Expect(Page.Locator(".pager-range")).ToHaveTextAsync("451–500 of 500");
        await Button("Newest").ClickAsync();
        await Expect(Page.Locator(".pager-range")).ToHaveTextAsync("1–50 of 500");

        await Page.GetByLabel("Started").SelectOptionAsync("Last 24 hours");
        await Expect(Page).ToHaveURLAsync(new Regex("minutes=1440"));
        await Button("Older").ClickAsync();
        await Expect(Page.Locator(".pager-range")).ToHaveTextAsync("51–100 of 500");
    }

    [BrowserTheory]
    [InlineData(true, "(60 waiting) Cases – CallCenter")]
    [InlineData(false, "Cases – CallCenter")]
    public async Task Title_MoreWaitThanOnePageShows_CountsAllOrNone(bool counts, string title)
    {
        var list = await FakeList.InAsync(Page);
        list.Counts = counts;
        foreach (var number in Enumerable.Range(0, 60))
            list.Add($"{number:00}", "Waiting");
        await GoToAsync();

        await Expect(Rows).ToHaveCountAsync(50);
        await Expect(Page).ToHaveTitleAsync(title);
    }

    private ILocator Count(string status) => Page.Locator(".count", new() { HasText = status });
}
