using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>The page of one case.</summary>
public sealed class CaseTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [BrowserTheory]
    [InlineData("Resolved", "Close Case", "done")]
    [InlineData("Not resolved", "Fail", "failed")]
    public async Task Decide_CaseThatWaitsForAnAgent_GoesOnAsDecided(string answer, string end, string tone)
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync(AddressOf(id));
        await StateBecomesAsync("Work on Case", "waiting");
        var left = await Page.Locator(".clock").InnerTextAsync();
        await Expect(Page.Locator(".clock")).Not.ToHaveTextAsync(left);
        Assert.InRange(TimeSpan.ParseExact("0:" + await Page.Locator(".clock").InnerTextAsync(), "h\\:m\\:ss", CultureInfo.InvariantCulture).TotalSeconds, 1, 1800);

        await Page.GetByLabel("Your name").FillAsync("Ada");
        await Page.GetByLabel("Note").FillAsync("called back");
        await Button(answer).ClickAsync();

        await StateBecomesAsync(end, tone);
        await Expect(Page.Locator(".answer")).ToHaveCountAsync(0);
        await State("Work on Case").ClickAsync();
        await Expect(Page.Locator(".details-facts")).ToContainTextAsync("Ada");
        await Expect(Page.Locator(".details-facts")).ToContainTextAsync("called back");
    }

    [BrowserFact]
    public async Task Picture_CaseThatIsWorkedOnAgain_CountsTheLoop()
    {
        Host.Worker.Decide(0);
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", onEscalation = "workAgain", maxAttempts = 3 }, untilItHasEnded: true);
        await GoToAsync(AddressOf(id));

        await Expect(Page.Locator(".edge-label", new() { HasText = "work again" })).ToContainTextAsync("2 ×");
        await Expect(State("Work on Case")).ToContainTextAsync("×3");
        await Expect(Page.Locator("table.steps tbody tr")).ToHaveCountAsync(8);
        await State("Work on Case").ClickAsync();
        await Expect(Page.Locator(".visits")).ToContainTextAsync("Visit 3 of 3");
        await Button("Earlier visit").ClickAsync();
        await Expect(Page.Locator(".visits")).ToContainTextAsync("Visit 2 of 3");
    }

    [BrowserFact]
    public async Task Picture_ProcessWithANewState_ShowsItToo()
    {
        Host.Worker.Decide(1);
        var id = await Host.StartCaseAsync(new { inputCaseID = "001" }, untilItHasEnded: true);
        await Page.RouteAsync("**/api/workflows", async route =>
        {
            var answer = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
            var definition = answer["workflows"]![0]!["definition"]!;
            definition["states"]!.AsArray().Insert(0, JsonNode.Parse("""{"name":"Ask the Customer","type":"Task","activity":"AskCustomer","end":true}"""));
            definition["transitions"]!.AsArray().Add(JsonNode.Parse("""{"from":"Work on Case","to":"Ask the Customer","kind":"catch"}"""));
            definition["transitions"]!.AsArray().Add(JsonNode.Parse("""{"from":"Ask the Customer","to":"Work on Case","kind":"next"}"""));
            await route.FulfillAsync(new() { ContentType = "application/json", Body = answer.ToJsonString() });
        });
        await GoToAsync(AddressOf(id));

        await StateBecomesAsync("Ask the Customer", "skipped");
        await StateBecomesAsync("Close Case", "done");
        Assert.Equal(0, await Page.EvaluateAsync<int>("""
            () => {
              const boxes = [...document.querySelectorAll('.state-shape')].map(shape => shape.getBoundingClientRect());
              const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
              return boxes.filter((a, i) => boxes.some((b, j) => i < j && meet(a, b))).length;
            }
            """));
    }

    [BrowserFact]
    public async Task Details_StateThatIsClicked_ShowsItsInputAndOutput()
    {
        Host.Worker.Decide(1);
        var id = await Host.StartCaseAsync(new { inputCaseID = "001" }, untilItHasEnded: true);
        await GoToAsync(AddressOf(id));
        await State("Assign Case").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Input of Assign Case" })).ToContainTextAsync("\"Message\": \"Case 001: opened...\"");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Output of Assign Case" })).ToContainTextAsync("\"Message\": \"Case 001: opened...assigned...\"");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Input of the case" })).ToContainTextAsync("\"inputCaseID\": \"001\"");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Output of the case" })).ToContainTextAsync("closed.");
    }

    [BrowserFact]
    public async Task History_Opened_ListsTheRuntimesEvents()
    {
        Host.Worker.Decide(1);
        var id = await Host.StartCaseAsync(new { inputCaseID = "001" }, untilItHasEnded: true);
        await GoToAsync(AddressOf(id));
        await Page.Locator("summary", new() { HasText = "History" }).ClickAsync();

        await Expect(Page.Locator("table.history tbody tr").First).ToContainTextAsync("ExecutionStarted");
        await Expect(Page.Locator("table.history tbody tr").Last).ToContainTextAsync("ExecutionCompleted");
    }

    [BrowserFact]
    public async Task Details_ActivityThatIsTriedAgain_SaysWhatFailedAndWhenTheNextTryIs()
    {
        Host.Worker.Fail(new TimeoutException("The telephone system did not answer."));
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", retry = new { maxAttempts = 2, firstDelaySeconds = 3600 } });
        await GoToAsync(AddressOf(id));

        await StateBecomesAsync("Work on Case", "retrying");
        await Expect(Page.Locator(".details-content")).ToContainTextAsync("The telephone system did not answer.");
        await Expect(Page.Locator(".details-facts")).ToContainTextAsync("Failed tries1");
        await Expect(Page.Locator(".details-facts")).ToContainTextAsync("Next tryin 5");
    }

    [BrowserFact]
    public async Task Picture_StepThatFailedForGood_ShowsTheCatch()
    {
        Host.Worker.Fail(new TimeoutException("The telephone system did not answer."));
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", retry = new { maxAttempts = 1 } }, untilItHasEnded: true);
        await GoToAsync(AddressOf(id));

        await StateBecomesAsync("Work on Case", "caught");
        await StateBecomesAsync("Is Case Resolved", "skipped");
        await StateBecomesAsync("Escalate Case", "done");
        await StateBecomesAsync("Fail", "failed");
        await Expect(Page.Locator(".outcome")).ToContainTextAsync("Before that Work on Case had failed: The telephone system did not answer.");
    }

    [BrowserFact]
    public async Task NobodyAnswers_StepBannerAndRow_SaySo()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent", agentDeadlineSeconds = 1 });
        await GoToAsync(AddressOf(id));

        await StateBecomesAsync("Fail", "failed");
        await Expect(Page.Locator(".outcome")).ToContainTextAsync("Nobody decided in time.");
        await Expect(Page.Locator("table.steps tbody tr").Nth(2)).ToContainTextAsync("Nobody decided in time");
        await State("Work on Case").ClickAsync();
        await Expect(Page.Locator(".details-facts")).ToContainTextAsync("Nobody decided in time");

        await GoToAsync();
        await Expect(Rows.First.Locator(".standing-cell")).ToContainTextAsync("Engage Tier 2 Support.Nobody decided in time");
    }

    [BrowserFact]
    public async Task AnsweredWithANo_BannerAndRow_SayWhoAndWhy()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync(AddressOf(id));
        await StateBecomesAsync("Work on Case", "waiting");
        await Host.AnswerCaseAsync(id, new { resolved = false, agent = "Ada", note = "the line is cut" });

        await Expect(Page.Locator(".outcome")).ToContainTextAsync("Not resolved (Ada): the line is cut.");
        await GoToAsync();
        await Expect(Rows.First.Locator(".standing-cell")).ToContainTextAsync("Engage Tier 2 Support.Not resolved (Ada): the line is cut");
    }

    [BrowserFact]
    public async Task WorkOnThisAgain_EscalatedCase_StartsANewOneAndGoesThere()
    {
        Host.Worker.Decide(0);
        var id = await Host.StartCaseAsync(new { inputCaseID = "again-please" }, untilItHasEnded: true);
        await GoToAsync(AddressOf(id));
        await StateBecomesAsync("Fail", "failed");
        Host.Worker.Decide(1);

        await Button("Work on this again").ClickAsync();

        await Expect(Page.Locator(".outcome")).ToContainTextAsync("Completed");
        Assert.DoesNotContain(id, Page.Url, StringComparison.Ordinal);
        await Expect(Page.Locator("h1")).ToHaveTextAsync("again-please");
        await Expect(Button("Work on this again")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task WorkOnThisAgain_HostKeepsItsManagementApi_SaysSo()
    {
        Host.Worker.Decide(0);
        var id = await Host.StartCaseAsync(new { inputCaseID = "001" }, untilItHasEnded: true);
        await Page.RouteAsync("**/runtime/webhooks/durabletask/**", route => route.FulfillAsync(new() { Status = 401 }));
        await GoToAsync(AddressOf(id));

        await Button("Work on this again").ClickAsync();

        await Expect(Page.Locator("#toasts")).ToContainTextAsync("This host keeps its management API for callers with its own key.");
        await Expect(Button("Work on this again")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Picture_ChoiceThatFoundNoWay_HasFailedItself()
    {
        Host.Worker.Decide(7);
        var id = await Host.StartCaseAsync(new { inputCaseID = "001" }, untilItHasEnded: true);
        await GoToAsync(AddressOf(id));

        await StateBecomesAsync("Is Case Resolved", "failed");
        await StateBecomesAsync("Work on Case", "done");
        await StateBecomesAsync("Fail", "skipped");
        await Expect(Page.Locator(".outcome")).ToContainTextAsync("States.NoChoiceMatched");
        await Expect(Button("Rewind")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Steps_OfALongCase_SayWhatWasLeftOut()
    {
        Host.Worker.Decide(0);
        var caseId = string.Concat(Enumerable.Repeat("☎️", 120));
        var id = await Host.StartCaseAsync(new { inputCaseID = caseId, onEscalation = "workAgain", maxAttempts = 20 }, untilItHasEnded: true);
        await GoToAsync(AddressOf(id));

        await StateBecomesAsync("Fail", "failed");
        await Expect(Page.Locator("table.steps .gap")).ToContainTextAsync("left out");
        await Expect(Page.Locator("table.steps tbody tr").Nth(1)).ToContainTextAsync("Assign Case");
        await Expect(Page.Locator("table.steps tbody tr").Nth(2)).ToContainTextAsync("left out");
        await Expect(Page.Locator(".edge-label", new() { HasText = "work again" })).ToContainTextAsync("or more ×");
    }

    [BrowserFact]
    public async Task Terminate_RunningCase_EndsItWithTheReason()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync(AddressOf(id));
        await Button("Terminate").ClickAsync();
        await Page.GetByLabel("Reason").FillAsync("the caller hung up");
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.Locator(".outcome")).ToContainTextAsync("Reason: the caller hung up");
        await StateBecomesAsync("Work on Case", "stopped");

        await Button("Delete").ClickAsync();
        await Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("This case has been deleted");
    }

    [BrowserFact]
    public async Task Suspend_RunningCase_HoldsItUntilItIsResumed()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync(AddressOf(id));
        await Button("Suspend").ClickAsync();
        await StateBecomesAsync("Work on Case", "paused");
        await Button("Resume").ClickAsync();
        await StateBecomesAsync("Work on Case", "waiting");
    }

    [BrowserFact]
    public async Task DeepLink_CaseThatIsNotThere_SaysSo()
    {
        await GoToAsync(AddressOf("nobody"));

        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("There is no such case");
        await Expect(Page.Locator(".nothing")).ToContainTextAsync("nobody");
    }
}
