using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>What is asked for while the page's script is still on its way.</summary>
public sealed class EarlyTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    private const string List = "/api/cases?";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [BrowserFact]
    public async Task FirstLook_ScriptOnItsWay_AsksForTheWorkflowsOnceAndForTheList()
    {
        await Host.StartCaseAsync(new { inputCaseID = "001" });
        var workflows = 0;
        Page.Request += (_, request) => workflows += request.Url.EndsWith("/api/workflows", StringComparison.Ordinal) ? 1 : 0;
        await HoldUntilTheListIsAskedForAsync("**/console/console-*.js");

        await GoToAsync();

        await Expect(Rows).ToHaveCountAsync(1);
        Assert.Equal(1, workflows);
    }

    [BrowserFact]
    public async Task Reload_TabThatWasHereBefore_AsksForTheListWithoutWaitingForTheWorkflows()
    {
        await Host.StartCaseAsync(new { inputCaseID = "001" });
        await GoToAsync();
        await Expect(Rows).ToHaveCountAsync(1);
        await HoldUntilTheListIsAskedForAsync("**/api/workflows");

        await Page.ReloadAsync();

        await Expect(Rows).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task Filters_InTheAddress_AreInTheFirstQuestion()
    {
        await Host.StartCaseAsync(new { inputCaseID = "001" });
        await Host.StartCaseAsync(new { inputCaseID = "002" });
        var asked = HoldUntilTheListIsAskedForAsync("**/console/console-*.js");

        await GoToAsync("#/cases?search=002&top=25");

        await Expect(Rows).ToHaveCountAsync(1);
        Assert.EndsWith("/api/cases?search=002&top=25", await await asked, StringComparison.Ordinal);
    }

    /// <summary>Lets a request go only after one for the list. Gives, when it is in force, the address of that one.</summary>
    private async Task<Task<string>> HoldUntilTheListIsAskedForAsync(string address)
    {
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Page.Request += (_, request) =>
        {
            if (request.Url.Contains(List, StringComparison.Ordinal))
                asked.TrySetResult(request.Url);
        };
        await Page.RouteAsync(address, async route =>
        {
            await asked.Task.WaitAsync(Patience);
            await route.ContinueAsync();
        }, new() { Times = 1 });
        return asked.Task;
    }
}
