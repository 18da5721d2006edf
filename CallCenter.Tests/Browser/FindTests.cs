using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>Finding one case among many.</summary>
public sealed class FindTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [BrowserFact]
    public async Task Search_PartOfACaseIdInOtherCapitalsAndBlanks_FindsIt()
    {
        var list = await FakeList.InAsync(Page);
        foreach (var number in Enumerable.Range(0, 120))
            list.Add($"case-{number}", caseId: $"Printer {number}");
        await GoToAsync();
        await Expect(Page.Locator(".pager-range")).ToHaveTextAsync("1–50 of 120");

        await Search.FillAsync("pRINTER11");
        await Expect(Rows).ToHaveCountAsync(11);
        await Expect(Page.Locator(".pager-range")).ToHaveTextAsync("1–11 of 11");
        await Expect(Page).ToHaveURLAsync(new Regex("search=pRINTER11$"));
    }

    [BrowserTheory]
    [InlineData("case-7", "case-7")]
    [InlineData("PRINTER 55", "case-55")]
    public async Task Search_ExactNameAndEnter_OpensTheCase(string text, string id)
    {
        var list = await FakeList.InAsync(Page);
        foreach (var number in Enumerable.Range(0, 60))
            list.Add($"case-{number}", caseId: $"Printer {number}");
        await GoToAsync();
        await Search.FillAsync(text);

        await Search.PressAsync("Enter");

        await Expect(Page).ToHaveURLAsync(new Regex($"#/cases/{id}$"));
    }

    [BrowserFact]
    public async Task Search_EnterOnAPartThatSeveralHave_StaysOnTheList()
    {
        var list = await FakeList.InAsync(Page);
        list.Add("first", caseId: "twin");
        list.Add("second", caseId: "twin");
        await GoToAsync();
        await Search.FillAsync("twin");
        await Search.PressAsync("Enter");

        await Expect(Page).ToHaveURLAsync(new Regex("search=twin$"));
        await Expect(Rows).ToHaveCountAsync(2);
    }

    [BrowserFact]
    public async Task Back_FromACase_LeadsToTheSamePlaceOfTheSameList()
    {
        var list = await FakeList.InAsync(Page);
        foreach (var number in Enumerable.Range(0, 130))
            list.Add($"case-{number}");
        await GoToAsync();
        await Page.GetByLabel("Rows").SelectOptionAsync("100");
        await Page.GetByLabel("Sort").SelectOptionAsync("Oldest first");
        await Expect(Rows.First).ToContainTextAsync("case-0");
        await Expect(Rows).ToHaveCountAsync(100);
        await Search.FillAsync("case-1");
        await Expect(Rows).ToHaveCountAsync(41);
        var link = Page.Locator(".instance-link", new() { HasText = "case-118" });
        await link.ScrollIntoViewIfNeededAsync();
        var top = await TopAsync();
        Assert.NotEqual(0, top);
        await link.ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("#/cases/case-118$"));

        await Page.GoBackAsync();

        await Expect(Rows).ToHaveCountAsync(41);
        await Expect(link).ToBeFocusedAsync();
        Assert.Equal(top, await TopAsync());
        await Expect(Search).ToHaveValueAsync("case-1");
        await Expect(Page.GetByLabel("Sort")).ToHaveValueAsync("oldest");
        await Expect(Page.GetByLabel("Rows")).ToHaveValueAsync("100");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page).ToHaveURLAsync(new Regex("#/cases/case-118$"));
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page).ToHaveURLAsync(new Regex("order=oldest.*search=case-1|search=case-1.*order=oldest"));
    }

    [BrowserFact]
    public async Task Host_ThatCanDoLess_SaysWhyWhereOneWouldLookForIt()
    {
        var list = await FakeList.InAsync(Page, """{"orders": ["newest"], "search": false, "total": false, "figures": false}""");
        list.Counts = false;
        list.Add("first");
        await GoToAsync();

        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Page.GetByLabel("Sort")).ToBeHiddenAsync();
        await Expect(Page.Locator("th", new() { HasText = "Started" })).ToHaveAttributeAsync("title", new Regex("This host cannot sort by"));
        await Expect(Search).ToHaveAttributeAsync("title", new Regex("only by the beginning of their instance id"));
        await Expect(Search).ToHaveAttributeAsync("placeholder", "Instance id begins with …");
        await Expect(Page.Locator(".pager-range")).ToHaveTextAsync("1–1");
        await Expect(Page.Locator(".pager-range")).ToHaveAttributeAsync("title", new Regex("does not count"));
        await Search.FillAsync("fi");
        await Expect(Page).ToHaveURLAsync(new Regex("prefix=fi$"));
    }

    private ILocator Search => Page.GetByRole(AriaRole.Searchbox);

    private Task<int> TopAsync() => Page.EvaluateAsync<int>("() => Math.round(scrollY)");
}
