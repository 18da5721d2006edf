using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>axe-core finds nothing on any page, light and dark: names, roles, contrast, headings, focus.</summary>
public sealed class AccessibilityTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [AxeFact]
    public async Task List_HasNoFinding()
    {
        Host.Worker.Decide(0);
        await Host.StartCaseAsync(new { inputCaseID = "001" }, untilItHasEnded: true);
        await Host.StartCaseAsync(new { inputCaseID = "002", workMode = "agent" });
        await GoToAsync();
        await Expect(Rows).ToHaveCountAsync(2);
        await Expect(Rows.First).ToContainTextAsync("An agent has to decide");

        await HasNoFindingAsync();
    }

    [AxeFact]
    public async Task Case_HasNoFinding()
    {
        Host.Worker.Decide(0);
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", onEscalation = "workAgain", maxAttempts = 2 }, untilItHasEnded: true);
        await GoToAsync(AddressOf(id));
        await Page.Locator("summary", new() { HasText = "History" }).ClickAsync();
        await Expect(Page.Locator("table.history tbody tr").First).ToContainTextAsync("ExecutionStarted");
        await State("Work on Case").ClickAsync();

        await HasNoFindingAsync();
    }

    [AxeFact]
    public async Task CaseThatWaits_HasNoFinding()
    {
        var id = await Host.StartCaseAsync(new { inputCaseID = "001", workMode = "agent" });
        await GoToAsync(AddressOf(id));
        await StateBecomesAsync("Work on Case", "waiting");

        await HasNoFindingAsync();
    }

    [AxeFact]
    public async Task StartDialog_HasNoFinding()
    {
        await GoToAsync();
        await Page.ClickAsync("#start");
        await Button("Start the case").ClickAsync();
        await Expect(Page.Locator("[data-field=inputCaseID] .refusal")).Not.ToBeEmptyAsync();

        await HasNoFindingAsync();
    }

    [AxeTheory]
    [InlineData("Count", "Counted")]
    [InlineData("Approve", "Approved")]
    public async Task OtherWorkflow_HasNoFinding(string state, string waitsFor)
    {
        (await OtherWorkflow.BesideAsync(Page)).Order = OtherWorkflow.Waiting(state, waitsFor);
        await GoToAsync("#/orders");
        await Expect(Rows).ToHaveCountAsync(1);
        await HasNoFindingAsync();

        await GoToAsync("#/orders/first");
        await StateBecomesAsync(state, "waiting");
        await HasNoFindingAsync();

        await Page.ClickAsync("#start");
        await Page.GetByText("More options").ClickAsync();
        await HasNoFindingAsync();
    }

    private async Task HasNoFindingAsync()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            // Colours that are still on their way from one to another would be measured half way.
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            Assert.Equal("[]", await RunAxeAsync());
        }
    }

    /// <summary>Through the debugger: the page's own policy lets no foreign script in.</summary>
    private async Task<string> RunAxeAsync()
    {
        const string run = "axe.run().then(found => JSON.stringify(found.violations.map(one => [one.impact, one.id, ...one.nodes.map(node => node.target.join(' '))])))";
        var debugger = await Page.Context.NewCDPSessionAsync(Page);
        await debugger.SendAsync("Runtime.evaluate", new() { ["expression"] = await File.ReadAllTextAsync(AxeFactAttribute.Script!) });
        var answer = await debugger.SendAsync("Runtime.evaluate", new() { ["expression"] = run, ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer?.GetProperty("result").GetProperty("value").GetString() ?? "axe did not answer";
    }
}

/// <summary>A test that needs a browser and axe-core, one of the tools that <c>npm install</c> brings.</summary>
internal sealed class AxeFactAttribute : FactAttribute
{
    public AxeFactAttribute() => Skip = Missing;

    public static string? Missing => Chromium.Missing ?? (Script is null ? "axe-core is not there: run npm install in the root of the repository." : null);

    public static string? Script { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "node_modules", "axe-core", "axe.min.js") is var script && File.Exists(script))
                return script;
        }
        return null;
    }
}

/// <summary>The same for a test with cases.</summary>
internal sealed class AxeTheoryAttribute : TheoryAttribute
{
    public AxeTheoryAttribute() => Skip = AxeFactAttribute.Missing;
}
