using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>What is kept of a case, and what can be taken elsewhere: history, commands, pictures.</summary>
public sealed class RecordTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    private ILocator Events => Page.Locator("table.history tbody tr");

    private ILocator Names => Page.Locator("table.history .event-name");

    [BrowserFact]
    public async Task History_Compact_HasARowForEachActivity()
    {
        await OpenHistoryAsync();

        await Expect(Names).ToHaveTextAsync(["ExecutionStarted", "Activity", "Activity", "External event", "Activity", "ExecutionCompleted"]);
        await Expect(Events.Nth(1)).ToContainTextAsync("OpenCase");
        await Expect(Events.Nth(1)).ToContainTextAsync("completed");
    }

    [BrowserFact]
    public async Task History_Full_HasARowForEachEvent()
    {
        await OpenHistoryAsync();
        await Button("Full").ClickAsync();

        await Expect(Names.Nth(1)).ToHaveTextAsync("TaskCompleted");
        await Expect(Button("Full")).ToBeFocusedAsync();
        await Names.Nth(1).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Event 2" })).ToContainTextAsync("\"FunctionName\": \"OpenCase\"");
        await Expect(Names.Nth(1)).ToBeFocusedAsync();
        await Names.Nth(1).ClickAsync();
        await Expect(Page.Locator(".json-row")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task History_FilteredByKind_ShowsThatAlone()
    {
        await OpenHistoryAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "External events" }).ClickAsync();

        await Expect(Names).ToHaveTextAsync(["External event"]);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Failures" })).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Button, new() { Name = "All", Exact = false }).Last.ClickAsync();
        await Expect(Events).ToHaveCountAsync(6);
    }

    [BrowserFact]
    public async Task History_AsJson_IsCopiedAndSaved()
    {
        await Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await OpenHistoryAsync();
        await Button("Copy JSON").ClickAsync();
        await Expect(Page.Locator("#announcer")).ToHaveTextAsync("Copied the history as JSON.");
        var copied = JsonSerializer.Deserialize<JsonElement>(await Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        var download = await Page.RunAndWaitForDownloadAsync(() => Button("Save JSON").ClickAsync());
        var saved = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync((await download.PathAsync())!));

        Assert.Equal("case-red_1-history.json", download.SuggestedFilename);
        Assert.Equal("ExecutionStarted", copied[0].GetProperty("EventType").GetString());
        Assert.True(JsonElement.DeepEquals(copied, saved));
    }

    [BrowserFact]
    public async Task Commands_CaseThatWaits_ReadItAndAnswerIt()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" }, "o'clock");
        await GoToAsync(AddressOf(id));
        await Page.Locator("summary", new() { HasText = "Command line" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Read this case" })).ToHaveTextAsync($"curl '{Host.Url}/api/cases/o'\\''clock'");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Answer it" })).ToContainTextAsync("""-d '{"resolved":true,"attempt":1}'""");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Answer with its task token" })).ToContainTextAsync("aws stepfunctions send-task-success");
        await Button("Resolved").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Answer it" })).ToHaveCountAsync(0);
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light, "rgb(255, 255, 255)")]
    [InlineData(ColorScheme.Dark, "rgb(23, 30, 39)")]
    public async Task Picture_Saved_NeedsNoStyleSheet(ColorScheme scheme, string ground)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync(AddressOf(id));
        await StateBecomesAsync("Work on Case", "waiting");

        var svg = await Page.RunAndWaitForDownloadAsync(() => Button("SVG").ClickAsync());
        var png = await Page.RunAndWaitForDownloadAsync(() => Button("PNG").ClickAsync());

        var text = await File.ReadAllTextAsync((await svg.PathAsync())!);
        Assert.Contains("Work on Case", text, StringComparison.Ordinal);
        Assert.Contains($"fill=\"{ground}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("class=", text, StringComparison.Ordinal);
        var bytes = await File.ReadAllBytesAsync((await png.PathAsync())!);
        Assert.Equal("PNG", System.Text.Encoding.ASCII.GetString(bytes, 1, 3));
        Assert.True(bytes.Length > 10_000, $"The picture has {bytes.Length} bytes.");
    }

    private async Task OpenHistoryAsync()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" }, "red 1");
        await GoToAsync(AddressOf(id));
        await Button("Resolved").ClickAsync();
        await StateBecomesAsync("Close Case", "done");
        await Page.Locator("summary", new() { HasText = "History" }).ClickAsync();
        await Expect(Events.Last).ToContainTextAsync("ExecutionCompleted");
    }
}
