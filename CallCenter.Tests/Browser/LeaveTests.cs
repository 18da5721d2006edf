using System.Text.RegularExpressions;
using CallCenter.Durable;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>A second workflow on the real host, from its start to its end in the console.</summary>
public sealed class LeaveTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    protected override IReadOnlyList<IWorkflow> MoreWorkflows => [new LeaveWorkflow()];

    [BrowserFact]
    public async Task Console_WorkflowOfTheHost_IsStartedAnsweredAndListed()
    {
        await GoToAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Requests", Exact = true }).ClickAsync();
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No requests yet");
        await Page.ClickAsync("#start");
        await Page.GetByLabel("Person", new() { Exact = true }).FillAsync("Kim");
        await Page.GetByLabel("Days").FillAsync("99");
        await Button("Start the request").ClickAsync();
        await Expect(Page.Locator("[data-field=days] .refusal")).ToHaveTextAsync("Days must be a whole number from 1 to 30, not 99.");
        await Page.GetByLabel("Days").FillAsync("3");
        await Button("Start the request").ClickAsync();

        await Expect(Page).ToHaveURLAsync(new Regex("#/requests/[^/]+$"));
        await StateBecomesAsync("Decide", "waiting");
        var panel = Page.GetByRole(AriaRole.Form, new() { Name = "Your decision" });
        await Expect(panel).ToContainTextAsync("May they go?");
        await panel.GetByLabel("Manager").FillAsync("Ada");
        await Button("Approved").ClickAsync();

        await StateBecomesAsync("Decide", "done");
        await Expect(Page.Locator(".outcome")).ToContainTextAsync("person: Kim, days: 3, approved: true");
        await Expect(Page.Locator("table.steps tbody tr").Last).ToContainTextAsync("approved true");
        await Expect(Page.Locator("table.steps tbody tr").Last).ToContainTextAsync("Manager Ada");
        await Page.Locator("summary", new() { HasText = "Definition" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Mermaid" })).ToContainTextAsync("Register");
        await Button("JSON").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "JSON" })).ToContainTextAsync("\"collection\": \"requests\"");

        await Page.GetByRole(AriaRole.Link, new() { Name = "All requests" }).ClickAsync();
        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Rows.First).ToContainTextAsync("Kim");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Cases", Exact = true }).ClickAsync();
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No cases yet");
    }
}
