using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>Every screen, every theme, every way of operating it.</summary>
public sealed class LookTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [BrowserFact]
    public async Task Theme_FollowsTheSystem()
    {
        await GoToAsync();
        var light = await BackgroundAsync();
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await BackgroundAsync();

        Assert.True(light > 200 && dark < 60, $"The background is {light} in the light and {dark} in the dark.");
    }

    [BrowserFact]
    public async Task Screen_Of360Pixels_ShowsEverythingWithoutScrollingSideways()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = new string('W', 120), workMode = "agent", onEscalation = "workAgain" });
        await OpenPageAsync(new() { ViewportSize = new() { Width = 360, Height = 740 } });
        await GoToAsync();
        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Rows.First).ToContainTextAsync("An agent has to decide");
        await NothingIsCutOffAsync();

        await GoToAsync(AddressOf(id));
        await StateBecomesAsync("Work on Case", "waiting");
        await NothingIsCutOffAsync();
        await Page.ClickAsync("#start");
        await Expect(Page.Locator("[name=inputCaseID]")).ToBeVisibleAsync();
        await NothingIsCutOffAsync();
    }

    [BrowserTheory]
    [InlineData(360)]
    [InlineData(320)]
    public async Task Screen_ThatIsNarrow_HasRoomForLongDurations(int width)
    {
        var other = await NarrowOrderAsync(width);
        await NothingIsCutOffAsync();
        await NothingLeavesItsBoxAsync();

        other.Order["progress"]!["steps"]![1]!["endedAt"] = "2026-11-01T00:00:00Z";
        other.Order["runtimeStatus"] = "Completed";
        await Page.ReloadAsync();
        await StateBecomesAsync("Count", "done");
        await NothingIsCutOffAsync();
        await NothingLeavesItsBoxAsync();
    }

    [BrowserFact]
    public async Task Motion_ReducedByTheSystem_IsNone()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001" });
        await GoToAsync(AddressOf(id));
        await StateBecomesAsync("Work on Case", "running");
        var shape = State("Work on Case").Locator(".state-shape");
        await Expect(shape).ToHaveCSSAsync("animation-name", "march");

        await Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await Expect(shape).ToHaveCSSAsync("animation-name", "none");
    }

    [BrowserFact]
    public async Task Keyboard_Alone_IsEnough()
    {
        Host.Worker.Decide(1);
        await GoToAsync();
        await Expect(Page.Locator("#connection")).ToHaveTextAsync("Live");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Locator("#skip")).ToBeFocusedAsync();
        await Page.Locator("#start").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("[name=inputCaseID]")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(Page.Locator("#start")).ToBeFocusedAsync();

        await Page.Keyboard.PressAsync("Enter");
        await Page.Keyboard.TypeAsync("001");
        await Page.Keyboard.PressAsync("Enter");
        await StateBecomesAsync("Close Case", "done");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();

        await State("Open Case").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(State("Open Case")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Page.Locator(".details-head h2")).ToHaveTextAsync("Open Case");
    }

    [BrowserFact]
    public async Task Focus_OfARowThatChanges_StaysThere()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001" });
        await GoToAsync();
        await Expect(Rows.First).ToContainTextAsync("Work on Case");
        await Page.Locator(".instance-link").FocusAsync();
        Host.Worker.Decide(1);

        await Expect(Rows.First).ToContainTextAsync("Completed");
        await Expect(Page.Locator(".instance-link")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"{id}$"));
    }

    /// <summary>An order that has waited for months and may wait for years.</summary>
    private async Task<OtherWorkflow> NarrowOrderAsync(int width)
    {
        await OpenPageAsync(new() { ViewportSize = new() { Width = width, Height = 740 } });
        var other = await OtherWorkflow.BesideAsync(Page);
        other.Order = OtherWorkflow.Waiting("Approve", "Approved");
        other.Order["progress"]!["deadline"] = "2099-06-01T00:00:00Z";
        other.Order["progress"]!["steps"]!.AsArray().Insert(1, System.Text.Json.Nodes.JsonNode.Parse(
            """{"state":"Count","startedAt":"2026-01-01T10:00:01Z","endedAt":"2026-09-30T10:00:01Z","attempt":1,"input":{},"output":{}}"""));
        await GoToAsync("#/orders/first");
        await StateBecomesAsync("Approve", "waiting");
        return other;
    }

    /// <summary>No word stands over the edge of the card or of the shape that it is in.</summary>
    private async Task NothingLeavesItsBoxAsync() => Assert.Equal("", await Page.EvaluateAsync<string>("""
        () => {
          const leaves = (inner, outer) => {
            const [a, b] = [inner.getBoundingClientRect(), outer.getBoundingClientRect()];
            return a.width > 0 && (a.left < b.left - 1 || a.right > b.right + 1);
          };
          const within = [['.state-note', '.state-shape', '.state'], ['table.steps td, table.steps .step-name', '.steps', '.card'], ['.answer *', '.answer', '.answer']];
          return within.flatMap(([what, box, around]) => [...document.querySelectorAll(what)]
            .filter(one => leaves(one, one.closest(around).querySelector(box) ?? one.closest(around)))
            .map(one => `${what}: ${one.textContent}`)).join('; ');
        }
        """));

    private Task<int> BackgroundAsync() =>
        Page.EvaluateAsync<int>("() => Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
}
