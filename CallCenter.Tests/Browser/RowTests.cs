using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>The rows of a list that goes on while somebody has a hand on it.</summary>
public sealed class RowTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [BrowserFact]
    public async Task Rows_WhileThePointerIsOverThem_StayWhereTheyAre()
    {
        var list = await FakeList.InAsync(Page);
        list.Add("first");
        list.Add("second");
        await GoToAsync();
        await Expect(Rows).ToHaveCountAsync(2);
        await Rows.Nth(1).HoverAsync();

        list.Add("third", "Running");
        list.Change("first", item => item["runtimeStatus"] = "Failed");
        await Expect(Button("1 newer case")).ToBeVisibleAsync();
        await Expect(Rows).ToHaveCountAsync(2);
        await Expect(Rows.Nth(0)).ToContainTextAsync("second");
        await Expect(Rows.Nth(1)).ToContainTextAsync("Failed");

        await Button("1 newer case").ClickAsync();
        await Expect(Rows).ToHaveCountAsync(3);
        await Expect(Rows.Nth(0)).ToContainTextAsync("third");
        await Expect(Button("1 newer case")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task Rows_PushedToTheNextPageWhileHeld_AreNotMarkedAsGone()
    {
        var list = await FakeList.InAsync(Page);
        foreach (var number in Enumerable.Range(0, 30))
            list.Add($"{number}");
        await GoToAsync("#/cases?top=25");
        await Expect(Rows).ToHaveCountAsync(25);
        await Rows.First.HoverAsync();
        list.Remove("20");
        list.Add("new");
        list.Add("newest");

        await Expect(Button("2 newer cases")).ToBeVisibleAsync();
        await Expect(Page.Locator("tr.gone")).ToHaveCountAsync(1);
        await Expect(Page.Locator("tr.gone")).ToContainTextAsync("20");
    }

    [BrowserFact]
    public async Task Rows_WhenThePointerLeaves_CatchUp()
    {
        var list = await FakeList.InAsync(Page);
        list.Add("first");
        await GoToAsync();
        await Rows.First.HoverAsync();
        list.Add("second");
        await Expect(Button("1 newer case")).ToBeVisibleAsync();

        await Page.Mouse.MoveAsync(2, 2);

        await Expect(Rows).ToHaveCountAsync(2);
    }

    [BrowserFact]
    public async Task Rows_WhileOneHasTheFocus_StayWhereTheyAre()
    {
        var list = await FakeList.InAsync(Page);
        list.Add("first");
        list.Add("second");
        await GoToAsync("#/cases?status=Completed");
        await Page.Locator(".instance-link").First.FocusAsync();

        list.Add("third");
        list.Change("first", item => item["runtimeStatus"] = "Running");
        await Expect(Button("1 newer case")).ToBeVisibleAsync();
        await Expect(Rows).ToHaveCountAsync(2);
        await Expect(Page.Locator(".instance-link").First).ToBeFocusedAsync();
        await Expect(Rows.Nth(1)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("gone"));

        await Page.Locator("h1").FocusAsync();
        await Expect(Rows.Nth(0)).ToContainTextAsync("third");
        await Expect(Rows).ToHaveCountAsync(2);
    }

    [BrowserFact]
    public async Task Toast_OfALostConnection_GoesWhenItIsBack()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync(AddressOf(id));
        await StateBecomesAsync("Work on Case", "waiting");
        await Host.StopAsync();
        await Button("Terminate").ClickAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".toast")).ToContainTextAsync("There is no connection to the server");

        await Host.StartAgainAsync();

        await Expect(Page.Locator("#connection")).ToHaveTextAsync("Live");
        await Expect(Page.Locator(".toast")).ToHaveCountAsync(0);
    }
}
