using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>Starting a case from the page, and watching it end.</summary>
public sealed class StartTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [BrowserFact]
    public async Task Start_CaseThatIsResolved_TurnsGreenWithoutAReload()
    {
        await GoToAsync();
        await StartAsync("001");

        await StateBecomesAsync("Assign Case", "done");
        await StateBecomesAsync("Work on Case", "running");
        await StateBecomesAsync("Close Case", "idle");
        Host.Worker.Decide(1);

        await StateBecomesAsync("Close Case", "done");
        await StateBecomesAsync("Escalate Case", "skipped");
        await Expect(Page.Locator(".head-status")).ToHaveTextAsync("Completed");
        await Expect(Page.Locator(".outcome")).ToContainTextAsync("Case 001: opened...assigned...resolved...closed.");
    }

    [BrowserFact]
    public async Task Start_CaseThatIsNotResolved_SaysWhyItFailed()
    {
        await GoToAsync();
        await StartAsync("002");
        await StateBecomesAsync("Work on Case", "running");
        Host.Worker.Decide(0);

        await StateBecomesAsync("Fail", "failed");
        await StateBecomesAsync("Escalate Case", "done");
        await StateBecomesAsync("Close Case", "skipped");
        await Expect(Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Engage Tier 2 Support.");
        await Expect(Page.Locator(".head-status")).ToHaveTextAsync("Failed");
    }

    [BrowserFact]
    public async Task Start_RefusedByTheServer_ShowsItsWordsUnderTheField()
    {
        await GoToAsync();
        await Page.ClickAsync("#start");
        await Page.GetByLabel("Escalate and work again").CheckAsync();
        await Page.FillAsync("[name=maxAttempts]", "99");
        await Button("Start the case").ClickAsync();

        await Expect(Page.Locator("[data-field=inputCaseID] .refusal")).ToHaveTextAsync("Case id is blank. Give the id of the case, such as \"001\".");
        await Expect(Page.Locator("[data-field=maxAttempts] .refusal")).ToHaveTextAsync("Maximum attempts must be a whole number from 1 to 20, not 99.");
        await Expect(Page.Locator("[name=inputCaseID]")).ToBeFocusedAsync();
        await Expect(Page.Locator("[name=inputCaseID]")).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [BrowserFact]
    public async Task Start_InstanceIdThatIsTaken_OpensTheFieldAndSaysSo()
    {
        await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" }, "taken");
        await GoToAsync();
        await Page.ClickAsync("#start");
        await Page.FillAsync("[name=inputCaseID]", "002");
        await Page.ClickAsync("dialog summary");
        await Page.FillAsync("[name=instanceId]", "taken");
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.Locator("[data-field=instanceId] .refusal")).ToContainTextAsync("There is already a case with the instance id 'taken'");
    }

    [BrowserFact]
    public async Task StartLikeThisOne_CaseWithOptions_FillsThemIn()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "007", workMode = "agent", agentDeadlineSeconds = 90, onEscalation = "workAgain", maxAttempts = 3, retry = new { backoff = 4 } });
        await GoToAsync(AddressOf(id));
        await Button("Start like this one").ClickAsync();

        await Expect(Page.Locator("[name=inputCaseID]")).ToHaveValueAsync("007");
        await Expect(Page.Locator("[name=agentDeadlineSeconds]")).ToHaveValueAsync("90");
        await Expect(Page.Locator("[name=maxAttempts]")).ToHaveValueAsync("3");
        await Expect(Page.Locator("[name='retry.backoff']")).ToHaveValueAsync("4");
        await Button("Start the case").ClickAsync();

        await Expect(Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex(id));
        await StateBecomesAsync("Work on Case", "waiting");
    }

    private async Task StartAsync(string caseId)
    {
        await Page.ClickAsync("#start");
        await Page.FillAsync("[name=inputCaseID]", caseId);
        await Button("Start the case").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(caseId);
    }
}
