using CallCenter.Tests.Conformance;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>A day at the desk: many cases one after the other, and colleagues who answer the same ones.</summary>
public sealed class DeskTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [BrowserFact]
    public async Task Pages_OpenedOneAfterTheOther_LeaveNothingBehind()
    {
        foreach (var id in new[] { "red", "blue" })
            await Host.StartCaseAsync(new { inputCaseID = id, workMode = "agent" }, id);
        await GoToAsync();
        await LookAtAsync(times: 2);
        var (nodes, listeners) = await AliveAsync();

        await LookAtAsync(times: 50);

        // The page's clock lets go of what is no longer there at its next beat.
        await Eventually.TrueAsync(async () => await AliveAsync() is var now && now.Nodes <= nodes + 50 && now.Listeners <= listeners + 20);
    }

    [BrowserFact]
    public async Task Answer_AnotherAgentWasFaster_KeepsTheNoteAndAsksBeforeTheNextOne()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent", onEscalation = "workAgain", maxAttempts = 3 });
        await GoToAsync(AddressOf(id));
        await StateBecomesAsync("Work on Case", "waiting");
        await Page.GetByLabel("Note").FillAsync("half a sentence");

        await Host.AnswerCaseAsync(id, new { resolved = false, attempt = 1, agent = "Ada", note = "no dial tone" });

        await Expect(Page.Locator(".answer-news")).ToContainTextAsync("Attempt 1 was answered in the meantime");
        await Expect(Page.Locator(".answer-news")).ToContainTextAsync("Ada");
        await Expect(Page.GetByLabel("Note")).ToHaveValueAsync("half a sentence");
        await Expect(Button("Resolved")).ToBeDisabledAsync();
        await Button("Answer attempt 2").ClickAsync();
        await Button("Resolved").ClickAsync();
        await StateBecomesAsync("Close Case", "done");
    }

    [BrowserFact]
    public async Task Answer_OnesOwn_LeavesTheNextQuestionReady()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent", onEscalation = "workAgain", maxAttempts = 3 });
        await GoToAsync(AddressOf(id));
        await Button("Not resolved").ClickAsync();

        await Expect(Page.Locator(".answer")).ToContainTextAsync("attempt 2");
        await Expect(Page.Locator(".answer-news")).ToHaveCountAsync(0);
        await Expect(Button("Resolved")).ToBeEnabledAsync();
    }

    [BrowserFact]
    public async Task Duration_OfTheStateWhereACaseWasTerminated_StandsStill()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync(AddressOf(id));
        await Button("Terminate").ClickAsync();
        await Page.Keyboard.PressAsync("Enter");
        await StateBecomesAsync("Work on Case", "stopped");

        var duration = Page.Locator(".details-facts dt", new() { HasText = "Duration" }).Locator("xpath=following-sibling::dd[1]");
        var shown = await duration.InnerTextAsync();

        await Expect(Page.Locator("table.steps tbody tr").Last.Locator("td.number").Last).ToHaveTextAsync(shown);
        await Page.EvaluateAsync("() => new Promise(resolve => setTimeout(resolve, 2100))");
        await Expect(duration).ToHaveTextAsync(shown);
    }

    [BrowserFact]
    public async Task Search_Back_ShowsWhatItLooksFor()
    {
        await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" }, "red-1");
        await Host.StartCaseAsync(new { inputCaseID = "002", workMode = "agent" }, "blue-2");
        await GoToAsync();
        await Expect(Rows).ToHaveCountAsync(2);
        var search = Page.GetByRole(AriaRole.Searchbox);
        await search.PressSequentiallyAsync("red", new() { Delay = 400 });
        await Expect(Rows).ToHaveCountAsync(1);
        await Page.Locator(".instance-link").ClickAsync();
        await StateBecomesAsync("Work on Case", "waiting");

        await Page.GoBackAsync();
        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(search).ToHaveValueAsync("red");
        await search.FocusAsync();
        await Page.GoBackAsync();

        await Expect(Rows).ToHaveCountAsync(2);
        await Expect(search).ToHaveValueAsync("");
    }

    [BrowserFact]
    public async Task Filter_ThatTheServerRefuses_OffersAWayOut()
    {
        await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync("#/cases?status=Bogus");
        await Expect(Page.Locator(".list-message")).ToContainTextAsync("Bogus");

        await Button("Clear the filters").ClickAsync();

        await Expect(Rows).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task Text_ThatTurnsItsDirection_TurnsNothingElse()
    {
        await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync();
        await Expect(Rows).ToHaveCountAsync(1);

        Assert.Equal("isolate", await Page.Locator(".instance-link").EvaluateAsync<string>("link => getComputedStyle(link).unicodeBidi"));
    }

    /// <summary>Opens two cases in turn, with everything on their pages unfolded, and goes back to the list.</summary>
    private async Task LookAtAsync(int times)
    {
        for (var time = 0; time < times; time++)
        {
            foreach (var id in new[] { "red", "blue" })
            {
                await Page.EvaluateAsync("hash => { location.hash = hash; }", AddressOf(id));
                await Expect(Page.Locator("h1")).ToHaveTextAsync(id);
                await StateBecomesAsync("Work on Case", "waiting");
                await Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => { one.open = true; })");
                await Expect(Page.Locator("table.history .event-name").First).ToHaveTextAsync("ExecutionStarted");
            }
        }
        await Page.EvaluateAsync("() => { location.hash = '#/cases'; }");
        await Expect(Rows).ToHaveCountAsync(2);
    }

    /// <summary>How many nodes and event listeners are alive in the page.</summary>
    private async Task<(double Nodes, double Listeners)> AliveAsync()
    {
        var session = await Page.Context.NewCDPSessionAsync(Page);
        await session.SendAsync("Performance.enable");
        await session.SendAsync("HeapProfiler.collectGarbage");
        var metrics = await session.SendAsync("Performance.getMetrics");
        double Of(string name) => metrics!.Value.GetProperty("metrics").EnumerateArray()
            .First(metric => metric.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
        return (Of("Nodes"), Of("JSEventListeners"));
    }
}
