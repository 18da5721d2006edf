using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>
/// The states of the console that are looked at: a name, and how to get there. A page or a dialog that is new gets a line here, and is
/// checked in the light and in the dark, on a wide and on a narrow screen.
/// </summary>
internal static class AccessibilityStates
{
    /// <summary>Every name that is typed here is written from right to left, and has a part that is not.</summary>
    public const string CaseId = "שלום 001";

    public static IReadOnlyDictionary<string, Func<AccessibilityPage, Task>> All { get; } = new Dictionary<string, Func<AccessibilityPage, Task>>
    {
        ["list"] = ListAsync,
        ["list, empty"] = async page =>
        {
            await page.GoToAsync();
            await page.SeesAsync(".nothing-title", "yet");
        },
        ["list, nothing matches"] = async page =>
        {
            await page.Host.StartCaseAsync(new { inputCaseID = CaseId, workMode = "agent" });
            await page.GoToAsync("#/cases?status=Suspended");
            await page.SeesAsync(".nothing-title", "No case matches");
        },
        ["list, filter refused"] = async page =>
        {
            await page.GoToAsync("#/cases?status=Bogus");
            await page.SeesAsync(".list-message .refusal", "Bogus");
        },
        ["list, how long the states take"] = async page =>
        {
            await ListAsync(page);
            await page.Page.GetByText("How long the states take").ClickAsync();
            await page.SeesAsync(".figures-table tbody", "Open Case");
        },
        ["inbox"] = async page =>
        {
            var list = await FakeList.InAsync(page.Page);
            list.Add("late", "Waiting", CaseId, DateTimeOffset.UtcNow.AddMinutes(-3));
            list.Add("calm", "Waiting", deadline: DateTimeOffset.UtcNow.AddHours(2), attempt: 2);
            await page.GoToAsync("#/cases?waiting=true&order=deadline");
            await page.SeesAsync("table.instances tbody tr", "overdue by");
        },
        ["inbox, empty"] = async page =>
        {
            await page.GoToAsync("#/cases?waiting=true&order=deadline");
            await page.SeesAsync(".nothing-title", "");
        },
        ["list, rows selected"] = SelectedAsync,
        ["bulk preview"] = async page =>
        {
            await SelectedAsync(page);
            await page.Page.Locator(".bulk-bar").GetByRole(AriaRole.Button, new() { Name = "Terminate" }).ClickAsync();
            await page.SeesAsync("dialog h2", "Terminate 1 case");
        },
        ["help dialog"] = async page =>
        {
            await page.GoToAsync();
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Keys", Exact = true }).ClickAsync();
            await page.SeesAsync("dialog", "");
        },
        ["case that fails, with its history"] = async page =>
        {
            page.Host.Worker.Decide(0);
            await page.OpenAsync(new { inputCaseID = CaseId, onEscalation = "workAgain", maxAttempts = 2 }, untilItHasEnded: true);
            await page.Page.Locator("summary", new() { HasText = "History" }).ClickAsync();
            await page.SeesAsync("table.history tbody tr", "ExecutionStarted");
            await page.Page.Locator("svg .state[data-state='Work on Case']").ClickAsync();
        },
        ["case that waits"] = async page =>
        {
            await page.OpenAsync(new { inputCaseID = CaseId, workMode = "agent" });
            await page.SeesAsync("svg .state.tone-waiting", "Work on Case");
        },
        ["case that nobody answered"] = async page =>
        {
            await page.OpenAsync(new { inputCaseID = CaseId, workMode = "agent", agentDeadlineSeconds = 1 }, untilItHasEnded: true);
            await page.SeesAsync(".outcome", "Nobody decided in time");
        },
        ["case that is resolved"] = async page =>
        {
            page.Host.Worker.Decide(1);
            await page.OpenAsync(new { inputCaseID = CaseId }, untilItHasEnded: true);
            await page.SeesAsync(".outcome", "Completed");
        },
        ["case that is tried again"] = async page =>
        {
            page.Host.Worker.Fail(new TimeoutException("The telephone system did not answer."));
            await page.OpenAsync(new { inputCaseID = CaseId, retry = new { maxAttempts = 2, firstDelaySeconds = 3600 } });
            await page.SeesAsync(".details-content", "The telephone system did not answer.");
        },
        ["case that is suspended"] = async page =>
        {
            await page.OpenAsync(new { inputCaseID = CaseId, workMode = "agent" });
            await page.ButtonAsync("Suspend");
            await page.SeesAsync(".outcome", "Suspended");
        },
        ["case that is not there"] = async page =>
        {
            await page.GoToAsync("#/cases/none");
            await page.SeesAsync(".nothing-title", "");
        },
        ["address that leads nowhere"] = async page =>
        {
            await page.GoToAsync("#/nowhere");
            await page.SeesAsync("h1", "There is nothing here");
        },
        ["start dialog, refused"] = async page =>
        {
            await page.GoToAsync();
            await page.Page.ClickAsync("#start");
            await page.ButtonAsync("Start the case");
            await Expect(page.Page.Locator("[data-field=inputCaseID] .refusal")).Not.ToBeEmptyAsync();
        },
        ["start dialog, more options"] = async page =>
        {
            await page.GoToAsync();
            await page.Page.ClickAsync("#start");
            await page.Page.GetByText("More options").ClickAsync();
            await page.SeesAsync("dialog details[open]", "More options");
        },
        ["terminate dialog"] = async page =>
        {
            await page.OpenAsync(new { inputCaseID = CaseId, workMode = "agent" });
            await page.ButtonAsync("Terminate");
            await page.SeesAsync("dialog", "Terminate the case");
        },
        ["delete dialog"] = async page =>
        {
            page.Host.Worker.Decide(1);
            await page.OpenAsync(new { inputCaseID = CaseId }, untilItHasEnded: true);
            await page.ButtonAsync("Delete");
            await page.SeesAsync("dialog", "Delete the case");
        },
        ["key dialog"] = async page =>
        {
            await page.Page.RouteAsync("**/api/**", route => route.FulfillAsync(new() { Status = 401 }));
            await page.GoToAsync();
            await page.SeesAsync("dialog", "key");
        },
        ["no connection"] = async page =>
        {
            await ListAsync(page);
            await page.Host.StopAsync();
            await page.SeesAsync("#connection-lost", "No connection to the server");
        },
    };

    private static async Task SelectedAsync(AccessibilityPage page)
    {
        await ListAsync(page);
        await page.Page.GetByLabel("Select all on this page").CheckAsync();
        await page.SeesAsync(".bulk-bar", "3 cases selected");
    }

    private static async Task ListAsync(AccessibilityPage page)
    {
        page.Host.Worker.Decide(0);
        await page.Host.StartCaseAsync(new { inputCaseID = CaseId }, untilItHasEnded: true);
        await page.Host.StartCaseAsync(new { inputCaseID = "002", workMode = "agent", agentDeadlineSeconds = 1 }, untilItHasEnded: true);
        await page.Host.StartCaseAsync(new { inputCaseID = "003", workMode = "agent" });
        await page.GoToAsync();
        await page.SeesAsync("table.instances tbody tr", "An agent has to decide");
    }
}

/// <summary>What a state may use of the test.</summary>
/// <param name="Host">The host.</param>
/// <param name="Page">The browser's page.</param>
/// <param name="GoToAddress">Opens an address of the console.</param>
internal sealed record AccessibilityPage(TestHost Host, IPage Page, Func<string, Task> GoToAddress)
{
    public Task GoToAsync(string hash = "") => GoToAddress(hash);

    public async Task OpenAsync(object input, bool untilItHasEnded = false)
    {
        var id = await Host.StartCaseAsync(input, untilItHasEnded: untilItHasEnded);
        await GoToAsync($"#/cases/{Uri.EscapeDataString(id)}");
        await SeesAsync("h1", AccessibilityStates.CaseId);
    }

    public Task ButtonAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    public Task SeesAsync(string selector, string text) => Expect(Page.Locator(selector, new() { HasText = text }).First).ToBeVisibleAsync();
}
