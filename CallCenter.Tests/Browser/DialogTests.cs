using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>What a dialog is about, and how long it is there.</summary>
public sealed class DialogTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [BrowserTheory]
    [InlineData("Terminate")]
    [InlineData("Start like this one")]
    public async Task Back_WhileADialogIsOpen_ClosesIt(string action)
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync();
        await Page.Locator(".instance-link").ClickAsync();
        await Button(action).ClickAsync();
        await Expect(Page.Locator("dialog")).ToBeVisibleAsync();

        await Page.GoBackAsync();

        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(Rows.First).ToContainTextAsync("Waiting");
        await GoToAsync(AddressOf(id));
        await StateBecomesAsync("Work on Case", "waiting");
    }

    [BrowserFact]
    public async Task Terminate_Asked_NamesTheCase()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "Printer on fire", workMode = "agent" }, "printer");
        await GoToAsync(AddressOf(id));

        await Button("Terminate").ClickAsync();

        await Expect(Page.Locator("dialog h2")).ToHaveTextAsync("Terminate the case Printer on fire?");
    }

    [BrowserFact]
    public async Task Actions_OfACaseThatIsNotThere_AreNone()
    {
        await GoToAsync(AddressOf("nobody"));
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("There is no such case");
        await Expect(Page.Locator(".actions button")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Actions_OfACaseThatWasDeleted_AreNone()
    {
        Host.Worker.Decide(1);
        var id = await Host.StartCaseAsync(new { inputCaseID = "001" }, untilItHasEnded: true);
        await GoToAsync(AddressOf(id));
        await Button("Delete").ClickAsync();
        await Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("This case has been deleted");
        await Expect(Page.Locator(".actions button")).ToHaveCountAsync(0);
    }
}
