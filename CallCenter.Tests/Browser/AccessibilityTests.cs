using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>
/// Every state of the console, in the light and in the dark, on a wide and on a narrow screen: axe-core finds nothing (names, roles, contrast,
/// headings, focus, targets of 24 pixels), Tab leads to everything, nothing moves where the system asks for that, and what is
/// written from right to left turns nothing round.
/// </summary>
public sealed class AccessibilityTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    /// <summary>Elements whose own text runs from right to left, and would take what is beside it along.</summary>
    private const string NotIsolated = """
        () => {
          const rightToLeft = /[\u0590-\u08ff]/;
          const own = element => [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('');
          const isolates = ({ unicodeBidi, display }) => /isolate|plaintext/.test(unicodeBidi) || !/^inline$|contents/.test(display);
          const stands = element => [...element.parentElement.childNodes].some(node => node !== element && node.textContent.trim() !== '');
          return [...document.body.querySelectorAll('*')]
            .filter(element => !element.closest('svg, script') && rightToLeft.test(own(element)))
            .filter(element => !isolates(getComputedStyle(element)) && stands(element))
            .map(element => element.outerHTML.slice(0, 200));
        }
        """;

    private const string Moving =
        "() => [...document.querySelectorAll('*')].filter(one => getComputedStyle(one).animationName !== 'none').map(one => one.outerHTML.slice(0, 120))";

    /// <summary>Marks everything that can be operated, and says how much that is. Of radio buttons Tab finds one in each group.</summary>
    private const string MarkControls = """
        () => {
          const dialog = document.querySelector('dialog[open]');
          const all = [...(dialog ?? document).querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
            .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.type !== 'radio' && one.tabIndex >= 0);
          all.forEach(one => (one.dataset.unseen = one.tagName + ' ' + one.textContent));
          return all.length;
        }
        """;

    private const string Unseen = """
        () => {
          delete document.activeElement.dataset.unseen;
          return [...document.querySelectorAll('[data-unseen]')].map(one => one.dataset.unseen);
        }
        """;

    public static TheoryData<string> States => [.. AccessibilityStates.All.Keys];

    [AxeTheory]
    [MemberData(nameof(States))]
    public async Task State_HasNoFinding(string name)
    {
        await ReachAsync(name);

        await HasNoFindingAsync();
    }

    [AxeTheory]
    [MemberData(nameof(States))]
    public async Task State_OnANarrowScreen_HasNoFinding(string name)
    {
        await OpenPageAsync(new() { ViewportSize = new() { Width = 320, Height = 640 } });
        await ReachAsync(name);

        await NothingIsCutOffAsync();
        await HasNoFindingAsync();
    }

    [BrowserTheory]
    [MemberData(nameof(States))]
    public async Task State_ByTheKeyboardAlone_IsOperated(string name)
    {
        await ReachAsync(name);
        var controls = await Page.EvaluateAsync<int>(MarkControls);

        var unseen = await Page.EvaluateAsync<string[]>(Unseen);
        for (var i = 0; i < 2 * controls && unseen.Length > 0; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            unseen = await Page.EvaluateAsync<string[]>(Unseen);
        }

        Assert.Empty(unseen);
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

    private Task ReachAsync(string name) =>
        AccessibilityStates.All[name](new AccessibilityPage(Host, Page, GoToAsync));

    private async Task HasNoFindingAsync()
    {
        // Colours that are still on their way from one to another would be measured half way.
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        Assert.Equal("[]", await RunAxeAsync());
        // In the dark nothing differs but the colours.
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        Assert.Equal("[]", await RunAxeAsync("'color-contrast'"));
        Assert.Empty(await Page.EvaluateAsync<string[]>(Moving));
        Assert.Empty(await Page.EvaluateAsync<string[]>(NotIsolated));
    }

    /// <summary>Through the debugger: the page's own policy lets no foreign script in.</summary>
    /// <param name="only">The rules to check; all where it is empty.</param>
    private async Task<string> RunAxeAsync(string only = "")
    {
        var options = only.Length > 0 ? $"runOnly: [{only}]" : "rules: { 'target-size': { enabled: true } }";
        var run = $$"""
            axe.run({ {{options}} })
              .then(found => JSON.stringify(found.violations.map(one => [one.impact, one.id, ...one.nodes.map(node => node.target.join(' '))])))
            """;
        var debugger = await Page.Context.NewCDPSessionAsync(Page);
        await debugger.SendAsync("Runtime.evaluate", new() { ["expression"] = await File.ReadAllTextAsync(AxeTheoryAttribute.Script!) });
        var answer = await debugger.SendAsync("Runtime.evaluate", new() { ["expression"] = run, ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer?.GetProperty("result").GetProperty("value").GetString() ?? "axe did not answer";
    }
}

/// <summary>A test that needs a browser and axe-core, one of the tools that <c>npm install</c> brings.</summary>
internal sealed class AxeTheoryAttribute : TheoryAttribute
{
    public AxeTheoryAttribute() =>
        Skip = Chromium.Missing ?? (Script is null ? "axe-core is not there: run npm install in the root of the repository." : null);

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
