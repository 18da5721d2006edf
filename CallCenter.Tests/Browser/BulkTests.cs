using CallCenter.Tests.Conformance;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>One action for many cases.</summary>
public sealed class BulkTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [BrowserFact]
    public async Task Terminate_SelectedRows_SkipsWhatHasEnded()
    {
        Host.Worker.Decide(1);
        await Host.StartCaseAsync(new { inputCaseID = "001" }, "done", untilItHasEnded: true);
        foreach (var id in new[] { "one", "two", "three" })
            await Host.StartCaseAsync(new { inputCaseID = id, workMode = "agent" }, id);
        await GoToAsync();
        foreach (var id in new[] { "001", "one", "two" })
            await Page.GetByLabel($"Select {id}", new() { Exact = true }).CheckAsync();
        await Expect(Bar).ToContainTextAsync("3 cases selected");

        await Bar.GetByRole(AriaRole.Button, new() { Name = "Terminate" }).ClickAsync();
        await Expect(Dialog.Locator("h2")).ToHaveTextAsync("Terminate 2 cases?");
        await Expect(Dialog.Locator("tbody tr").Nth(0)).ToHaveTextAsync("Running2Will be terminated");
        await Expect(Dialog.Locator("tbody tr").Nth(1)).ToHaveTextAsync("Completed1Skipped: has already ended");
        await Dialog.GetByLabel("Reason (optional)").FillAsync("the line is dead");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Terminate 2 cases" }).ClickAsync();

        await Expect(Dialog).ToContainTextAsync("2 cases terminated.");
        await Dialog.Locator("[type=submit]").ClickAsync();
        await Expect(Bar).ToBeHiddenAsync();
        await Expect(Rows.Filter(new() { HasText = "Terminated" })).ToHaveCountAsync(2);
        await Expect(Rows.Filter(new() { HasText = "Waiting" })).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task SuspendResumeAndDelete_OnTheHost_AreDone()
    {
        foreach (var id in new[] { "one", "two" })
            await Host.StartCaseAsync(new { inputCaseID = id, workMode = "agent" }, id);
        await GoToAsync();
        await Page.GetByLabel("Select all on this page").CheckAsync();

        foreach (var (action, status) in new[] { ("Suspend", "Suspended"), ("Resume", "Waiting"), ("Terminate", "Terminated"), ("Delete", null) })
        {
            await Page.GetByLabel("Select all on this page").CheckAsync();
            await Bar.GetByRole(AriaRole.Button, new() { Name = action }).ClickAsync();
            await Dialog.GetByRole(AriaRole.Button, new() { Name = $"{action} 2 cases" }).ClickAsync();
            await Expect(Dialog.Locator("h2")).ToHaveTextAsync("Done");
            await Page.Keyboard.PressAsync("Enter");
            await Expect(Dialog).ToHaveCountAsync(0);
            await Page.Mouse.MoveAsync(2, 2);
            await Expect(status is null ? Rows : Rows.Filter(new() { HasText = status })).ToHaveCountAsync(status is null ? 0 : 2);
        }
    }

    [BrowserFact]
    public async Task AllThatFit_SomeRefused_SaysWhichAndWhy()
    {
        var list = await FakeList.InAsync(Page);
        foreach (var number in Enumerable.Range(0, 60))
            list.Add($"c{number:00}", number % 2 == 0 ? "Completed" : "Running");
        list.Answer = (_, path) =>
        {
            if (path.StartsWith("/c07/", StringComparison.Ordinal))
                return (410, """{"detail":"The case has ended: Completed."}""");
            list.Change(path.Split('/')[1], item => item["runtimeStatus"] = "Terminated");
            return (202, "");
        };
        await GoToAsync();
        await Expect(Rows).ToHaveCountAsync(50);
        await Page.GetByLabel("Select all on this page").CheckAsync();
        await Button("Select all 60 that match").ClickAsync();
        await Expect(Bar).ToContainTextAsync("All 60 that match are selected");
        await Bar.GetByRole(AriaRole.Button, new() { Name = "Terminate" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Terminate 30 cases" }).ClickAsync();

        await Expect(Dialog).ToContainTextAsync("29 cases terminated.");
        await Expect(Dialog.Locator("li")).ToHaveTextAsync("c07 The case has ended: Completed.");
        await Expect(Dialog.GetByRole(AriaRole.Link, new() { Name = "c07" })).ToHaveAttributeAsync("href", "#/cases/c07");
        Assert.Equal(30, list.Sent.Count);
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Bar).ToContainTextAsync("1 case selected");
    }

    [BrowserFact]
    public async Task Stop_WhileItRuns_EndsAfterThoseUnderWay()
    {
        var list = await FakeList.InAsync(Page);
        foreach (var number in Enumerable.Range(0, 20))
            list.Add($"c{number:00}", "Running");
        var gate = new TaskCompletionSource();
        list.Gate = gate.Task;
        await GoToAsync();
        await Page.GetByLabel("Select all on this page").CheckAsync();
        await Bar.GetByRole(AriaRole.Button, new() { Name = "Terminate" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Terminate 20 cases" }).ClickAsync();
        await Expect(Dialog.Locator("progress")).ToHaveAttributeAsync("max", "20");
        await Eventually.TrueAsync(() => Task.FromResult(list.Sent.Count == 4));

        // However often it is said: it stops once, and stays to tell what has been done.
        foreach (var _ in Enumerable.Range(0, 3))
            await Page.Keyboard.PressAsync("Escape");
        await Expect(Dialog).ToContainTextAsync("Stopping …");
        gate.SetResult();

        await Expect(Dialog).ToContainTextAsync("4 cases terminated.");
        await Expect(Dialog).ToContainTextAsync("16 cases left as they were.");
        Assert.Equal(4, list.Sent.Count);
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Bar).ToContainTextAsync("16 cases selected");
    }

    [BrowserFact]
    public async Task Managed_HostThatKeepsItsManagementForItself_SaysSoOnce()
    {
        var list = await FakeList.InAsync(Page);
        foreach (var number in Enumerable.Range(0, 20))
            list.Add($"c{number:00}", "Running");
        list.Answer = (_, _) => (401, "");
        await GoToAsync();
        await Page.GetByLabel("Select all on this page").CheckAsync();
        await Bar.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Suspend 20 cases" }).ClickAsync();

        await Expect(Dialog).ToContainTextAsync("This host keeps its management API for callers with its own key. Nothing was suspended.");
        Assert.InRange(list.Sent.Count, 1, 4);
    }

    private ILocator Bar => Page.Locator(".bulk-bar");

    private ILocator Dialog => Page.Locator("dialog");
}
