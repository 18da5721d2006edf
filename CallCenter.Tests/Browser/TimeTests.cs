using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>What the page of one instance says about time: tries, the timeline, clocks.</summary>
public sealed class TimeTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    private const string Failure = "The telephone system did not answer.";

    [BrowserFact]
    public async Task Details_TriedStepThatIsNotTheLast_ShowsItsTries()
    {
        Host.Worker.Fail(new TimeoutException(Failure));
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", retry = new { maxAttempts = 20, firstDelaySeconds = 0.5, backoff = 1 } });
        await GoToAsync(AddressOf(id));
        await Expect(Page.Locator(".details-facts")).ToContainTextAsync("Failed tries");
        Host.Worker.Decide(1);
        await StateBecomesAsync("Close Case", "done");

        await Page.ReloadAsync();
        await State("Work on Case").ClickAsync();

        await Expect(Page.Locator(".details-facts")).ToContainTextAsync(new Regex(@"Failed tries\d+"));
        await Expect(Page.Locator(".tries li").First).ToContainTextAsync(Failure);
        await Expect(Page.Locator(".tries li").Last).ToHaveClassAsync("tone-done");
        var lane = Page.Locator("table.steps tbody tr").Nth(2).Locator(".lane");
        await Expect(lane.Locator(".try").First).ToHaveAttributeAsync("title", new Regex($"^Try 1: failed after .*: {Failure}$"));
        await Expect(lane.Locator(".try")).ToHaveCountAsync(await Page.Locator(".tries li").CountAsync());
    }

    [BrowserFact]
    public async Task Page_CaseBetweenTwoTries_SaysWhichIsNextAndWhy()
    {
        Host.Worker.Fail(new TimeoutException(Failure));
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", retry = new { maxAttempts = 2, firstDelaySeconds = 3600 } });
        await GoToAsync(AddressOf(id));

        await StateBecomesAsync("Work on Case", "retrying");
        await Expect(State("Work on Case")).ToContainTextAsync(new Regex(@"Try 2 of 2 in (1 h|\d+ min)"));
        await Expect(Page.Locator(".outcome")).ToContainTextAsync("Work on Case: try 2 of 2 in 5");
        await Expect(Page.Locator(".outcome")).ToContainTextAsync($"The last try failed: {Failure}");
        await Expect(Page.Locator(".details-facts")).ToContainTextAsync("Failed tries1 of 2");
        await Expect(Page.Locator(".details-facts")).ToContainTextAsync("Next tryin 5");
    }

    [BrowserFact]
    public async Task Row_CaseBetweenTwoTries_SaysWhichIsNextAndWhy()
    {
        Host.Worker.Fail(new TimeoutException(Failure));
        await Host.StartCaseAsync(new { inputCaseID = "001", retry = new { maxAttempts = 2, firstDelaySeconds = 3600 } });
        await GoToAsync();

        await Expect(Rows.First.Locator(".standing-cell")).ToContainTextAsync(new Regex($@"Try 2 of 2 in (1 h 00|\d+) min.*: {Failure}"));
    }

    [BrowserFact]
    public async Task Timeline_WaitOfMonths_LeavesTheStepsTheirRoom()
    {
        await ShowOrderAsync("""{"hostStarts":["2026-01-01T12:00:00.000Z"],"historyEvents":[]}""");

        await Expect(Page.Locator(".axis .tick").First).ToHaveTextAsync("0");
        await Expect(Page.Locator(".axis .tick").Nth(1)).ToContainTextAsync("ms");
        await Expect(Page.Locator(".axis .fold-name").Last).ToHaveTextAsync(new Regex(@"^\d+(\.\d)? (h|d)$"));
        var width = await Page.Locator("table.steps tbody tr").First.Locator(".bar").First.EvaluateAsync<double>("bar => bar.getBoundingClientRect().width");
        Assert.True(width > 40, $"The first step's bar is {width} pixels wide.");
        await Expect(Page.Locator(".timeline-note")).ToContainTextAsync("gaps in which nothing ran");
    }

    [BrowserFact]
    public async Task Timeline_ProgramThatWasRestarted_HasAMarkForIt()
    {
        await ShowOrderAsync("""{"hostStarts":["2026-01-01T12:00:00.000Z"],"historyEvents":[]}""");

        await Expect(Page.Locator(".restart-mark")).ToHaveCountAsync(2);
        await Expect(Page.Locator(".timeline-note")).ToContainTextAsync("The program was restarted at");
    }

    [BrowserFact]
    public async Task Timeline_TriesOfAStep_AreItsSegments()
    {
        await ShowOrderAsync("""
            {"historyEvents":[
              {"EventType":"TaskFailed","Timestamp":"2026-01-01T10:00:00.003Z","ScheduledTime":"2026-01-01T10:00:00.000Z","FunctionName":"Pack","Reason":"no boxes"},
              {"EventType":"TimerCreated","Timestamp":"2026-01-01T10:00:00.003Z","FireAt":"2026-01-01T10:00:00.006Z"},
              {"EventType":"TimerFired","Timestamp":"2026-01-01T10:00:00.006Z","FireAt":"2026-01-01T10:00:00.006Z"},
              {"EventType":"TaskCompleted","Timestamp":"2026-01-01T10:00:00.010Z","ScheduledTime":"2026-01-01T10:00:00.006Z","FunctionName":"Pack"}]}
            """);

        var lane = Page.Locator("table.steps tbody tr").First.Locator(".lane");
        await Expect(lane.Locator(".try")).ToHaveCountAsync(2);
        await Expect(lane.Locator(".try.tone-failed")).ToHaveAttributeAsync("title", "Try 1: failed after 3 ms: no boxes");
        await Expect(Page.Locator("table.steps tbody tr").First).ToContainTextAsync("1 try failed: no boxes");
    }

    [BrowserFact]
    public async Task Times_StepsWithinASecond_AreToldApart()
    {
        await ShowOrderAsync("""{"historyEvents":[]}""");

        var started = await Page.Locator("table.steps tbody time").AllInnerTextsAsync();
        Assert.EndsWith(".000", started[0], StringComparison.Ordinal);
        Assert.EndsWith(".010", started[1], StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Clocks_OfOnePage_ShowTheSameSecond()
    {
        await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync();
        await Page.Locator(".instance-link").ClickAsync();
        await StateBecomesAsync("Work on Case", "waiting");

        var differing = await Page.EvaluateAsync<int>("""
            () => new Promise(resolve => {
              const until = performance.now() + 3000;
              let differing = 0;
              const look = () => {
                const details = [...document.querySelectorAll('.details-facts dt')].find(name => name.textContent === 'Duration').nextElementSibling;
                const row = [...document.querySelectorAll('table.steps tbody tr:last-child td.number')].at(-1);
                differing += details.textContent === row.textContent ? 0 : 1;
                if (performance.now() < until) requestAnimationFrame(look);
                else resolve(differing);
              };
              look();
            })
            """);
        Assert.InRange(differing, 0, 1);
    }

    /// <summary>An order that was packed within 10 ms in the morning of a day long past, and waits since; its history is given.</summary>
    private async Task ShowOrderAsync(string history)
    {
        var other = await OtherWorkflow.BesideAsync(Page);
        var steps = other.Order["progress"]!["steps"]!;
        steps[0]!["endedAt"] = "2026-01-01T10:00:00.010Z";
        steps[1]!["startedAt"] = "2026-01-01T10:00:00.010Z";
        await Page.RouteAsync("**/runtime/webhooks/durabletask/instances/first**", route =>
            route.FulfillAsync(new() { ContentType = "application/json", Body = JsonNode.Parse(history)!.ToJsonString() }));
        await GoToAsync("#/orders/first");
        await StateBecomesAsync("Count", "waiting");
    }
}
