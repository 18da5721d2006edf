using CallCenter.Durable;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>
/// A host, a browser context and a page of one test. Whatever else it shows, a test fails when the browser's console has a
/// word of complaint: an exception, a violation of the Content-Security-Policy, a deprecated call.
/// </summary>
[Collection(BrowserGroup.Name)]
public abstract class ConsoleTest(BrowserFixture fixture) : IAsyncLifetime
{
    private readonly List<string> _complaints = [];
    private IBrowserContext? _context;

    internal TestHost Host { get; private set; } = null!;

    protected IPage Page { get; private set; } = null!;

    protected virtual string[] HostArguments => [];

    protected virtual IReadOnlyList<IWorkflow> MoreWorkflows => [];

    public async Task InitializeAsync()
    {
        Host = await TestHost.StartAsync(HostArguments, MoreWorkflows);
        await OpenPageAsync(new());
    }

    public async Task DisposeAsync()
    {
        await _context!.CloseAsync();
        await Host.DisposeAsync();
        Assert.Empty(_complaints);
    }

    /// <summary>A page of a browser with other preferences.</summary>
    protected async Task OpenPageAsync(BrowserNewContextOptions options)
    {
        if (_context is not null)
            await _context.CloseAsync();
        _context = await fixture.Browser.NewContextAsync(options);
        _context.SetDefaultTimeout(30_000);
        SetDefaultExpectTimeout(30_000);
        Page = await _context.NewPageAsync();
        Page.PageError += (_, error) => _complaints.Add(error);
        Page.Console += (_, message) =>
        {
            // The browser notes each refused or unreachable call; those are what some tests are about.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _complaints.Add(message.Text);
        };
    }

    /// <summary>Strikes out a complaint that a test has provoked; it must be there.</summary>
    protected void IsExpected(string part) => Assert.NotEqual(0, _complaints.RemoveAll(complaint => complaint.Contains(part, StringComparison.Ordinal)));

    /// <summary>Opens the console at an address behind its <c>#</c>.</summary>
    protected Task GoToAsync(string hash = "") => Page.GotoAsync($"{Host.Url}/console{hash}");

    protected static string AddressOf(string instanceId) => $"#/cases/{Uri.EscapeDataString(instanceId)}";

    /// <summary>A state in the picture.</summary>
    protected ILocator State(string name) => Page.Locator($"svg .state[data-state='{name}']");

    /// <summary>A button by its text.</summary>
    protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The rows of the list.</summary>
    protected ILocator Rows => Page.Locator("table.instances tbody tr");

    protected async Task StateBecomesAsync(string name, string tone) =>
        await Expect(State(name)).ToHaveClassAsync($"state tone-{tone}");

    /// <summary>Nothing is wider than the screen; a failure names what is.</summary>
    protected async Task NothingIsCutOffAsync() => Assert.Empty(await Page.EvaluateAsync<string[]>("""
        () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
          .filter(element => element.getBoundingClientRect().right > innerWidth)
          .map(element => `${element.tagName} ${element.getAttribute('class') ?? ''}: ${element.textContent.slice(0, 60)}`)
        """));
}
