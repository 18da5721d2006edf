using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>Text of users stays text, whatever it looks like.</summary>
public sealed class SafetyTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    private const string Hostile = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>";

    [BrowserFact]
    public async Task Text_OfAUser_IsShownAsText()
    {
        var dialogs = 0;
        Page.Dialog += (_, dialog) =>
        {
            dialogs++;
            _ = dialog.DismissAsync();
        };
        var id = await Host.StartCaseAsync(new { inputCaseID = Hostile, workMode = "agent" }, "\"><svg onload=alert(1)>");
        await GoToAsync();
        await Expect(Page.Locator(".instance-link")).ToHaveTextAsync(Hostile);
        await Page.Locator(".instance-link").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Hostile);
        await Page.GetByLabel("Your name").FillAsync("<b>Eve</b>");
        await Page.GetByLabel("Note").FillAsync("<i>\"'&</i>");
        await Button("Not resolved").ClickAsync();
        await StateBecomesAsync("Fail", "failed");
        await State("Work on Case").ClickAsync();
        await Expect(Page.Locator(".details-facts")).ToContainTextAsync("<b>Eve</b>");
        await Page.Locator("summary", new() { HasText = "History" }).ClickAsync();
        await Expect(Page.Locator("table.history tbody tr").First).ToContainTextAsync("ExecutionStarted");

        Assert.Equal(0, await Page.Locator("main img, main script, main b, main i").CountAsync());
        Assert.Equal(0, dialogs);
        Assert.DoesNotContain("broken", (await Page.TitleAsync()).Split(':')[0], StringComparison.Ordinal);
        Assert.EndsWith(id, Uri.UnescapeDataString(Page.Url), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Policy_MarkupFromText_IsRefusedByTheBrowserItself()
    {
        await GoToAsync();

        var refused = await Page.EvaluateAsync<bool>("() => { try { document.body.innerHTML = '<p>markup</p>'; return false; } catch { return true; } }");

        Assert.True(refused);
        IsExpected("TrustedHTML");
    }
}
