using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>Another workflow brings its own list, form, picture and answers, from its definition and its schemas alone.</summary>
public sealed class OtherWorkflowTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    [BrowserFact]
    public async Task Tabs_TwoWorkflows_LeadToTheListOfEach()
    {
        await OtherWorkflow.BesideAsync(Page);
        await GoToAsync();
        await Expect(Heading).ToHaveTextAsync("Cases");
        await Expect(Tab("Cases")).ToHaveAttributeAsync("aria-current", "page");
        await Tab("Orders").ClickAsync();

        await Expect(Page).ToHaveURLAsync(new Regex("#/orders$"));
        await Expect(Heading).ToHaveTextAsync("Orders");
        await Expect(Heading).ToBeFocusedAsync();
        await Expect(Tab("Orders")).ToHaveAttributeAsync("aria-current", "page");
        await Expect(Page.Locator("#start")).ToHaveTextAsync("Start an order");
        await Expect(Page.Locator("table.instances th").Nth(1)).ToHaveTextAsync("Order number");
        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Rows.First).ToContainTextAsync("The warehouse has to answer");
        await Expect(Page.Locator(".count", new() { HasText = "Running" })).ToContainTextAsync("1");
        Assert.Equal("(1 waiting) Orders – CallCenter", await Page.TitleAsync());

        await Page.GetByRole(AriaRole.Link, new() { Name = "A-1" }).ClickAsync();
        await Expect(Heading).ToHaveTextAsync("A-1");
        await Page.GetByRole(AriaRole.Link, new() { Name = "All orders" }).ClickAsync();
        await Tab("Cases").ClickAsync();
        await Expect(Heading).ToHaveTextAsync("Cases");
        await Expect(Page.Locator(".nothing-title")).ToHaveTextAsync("No cases yet");
    }

    [BrowserFact]
    public async Task Address_OfNoWorkflow_SaysSo()
    {
        await OtherWorkflow.BesideAsync(Page);
        await GoToAsync("#/invoices/7");

        await Expect(Heading).ToHaveTextAsync("There is nothing here");
        await Expect(Page.Locator("main")).ToContainTextAsync("This host has no workflow at /invoices/7.");
        await Page.GetByRole(AriaRole.Link, new() { Name = "See all cases" }).ClickAsync();
        await Expect(Heading).ToHaveTextAsync("Cases");
    }

    [BrowserFact]
    public async Task Start_FormOfTheSchema_SendsWhatWasFilledIn()
    {
        var other = await OtherWorkflow.BesideAsync(Page);
        await GoToAsync("#/orders");
        await Page.ClickAsync("#start");
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Start an order" });
        await Expect(dialog.GetByText("For example A-1.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Order number").FillAsync("A-2");
        await dialog.GetByLabel("Size").SelectOptionAsync("Extra large");
        await Expect(dialog.GetByLabel("Pieces")).ToHaveAttributeAsync("placeholder", "1");
        await Expect(dialog.GetByLabel("Greeting")).ToBeHiddenAsync();
        await dialog.GetByLabel("It is a gift").CheckAsync();
        await dialog.GetByLabel("Greeting").FillAsync("Dear Kim,\nall the best");
        await dialog.GetByLabel("Tags").FillAsync("""["red", 1]""");
        await dialog.GetByText("More options: another address, instance id").ClickAsync();
        await dialog.GetByLabel("City").FillAsync("Ulm");
        await dialog.GetByLabel("Instance id").FillAsync("first");
        await Button("Start the order").ClickAsync();

        await Expect(Page).ToHaveURLAsync(new Regex("#/orders/first$"));
        Assert.Equal(("", """{"number":"A-2","size":"extraLarge","gift":true,"greeting":"Dear Kim,\nall the best","tags":["red",1],"address":{"city":"Ulm"}}"""), other.Posted.Single());
    }

    [BrowserFact]
    public async Task Start_RefusedInAGroup_OpensItAndSaysSo()
    {
        var other = await OtherWorkflow.BesideAsync(Page);
        other.Answer = (400, """{"errors":[{"field":"address.zip","message":"'address.zip' is blank."},{"field":"color","message":"'color' is not known."}]}""");
        await GoToAsync("#/orders");
        await Page.ClickAsync("#start");
        await Button("Start the order").ClickAsync();

        await Expect(Page.Locator("[data-field='address.zip'] .refusal")).ToHaveTextAsync("Zip is blank.");
        await Expect(Page.Locator("[name='address.zip']")).ToBeFocusedAsync();
        await Expect(Page.Locator(".start-form > .refusal")).ToHaveTextAsync("'color' is not known.");
        Assert.Equal("""{"number":""}""", other.Posted.Single().Body);
    }

    [BrowserFact]
    public async Task StartLikeThisOne_InputOfAnyShape_FillsTheForm()
    {
        await OtherWorkflow.BesideAsync(Page);
        await GoToAsync("#/orders/first");
        await Button("Start like this one").ClickAsync();

        await Expect(Page.Locator("[name=number]")).ToHaveValueAsync("A-1");
        await Expect(Page.Locator("[name=size] option:checked")).ToHaveTextAsync("Large");
        await Expect(Page.Locator("[name='address.city']")).ToHaveValueAsync("Ulm");
    }

    [BrowserFact]
    public async Task Answer_EventThatIsNoDecision_HasAFormOfItsOwn()
    {
        var other = await OtherWorkflow.BesideAsync(Page);
        await GoToAsync("#/orders/first");
        var panel = Page.GetByRole(AriaRole.Form, new() { Name = "Your answer" });
        await Expect(panel).ToContainTextAsync("This order waits for the warehouse");
        await Expect(panel).ToContainTextAsync("It is waiting in Count, attempt 2, for the warehouse’s answer.");
        other.Answer = (400, """{"errors":[{"field":"pieces","message":"'pieces' is missing."}]}""");
        await Button("Send").ClickAsync();
        await Expect(panel.Locator("[data-field=pieces] .refusal")).ToHaveTextAsync("Pieces is missing.");

        other.Answer = (202, "");
        await panel.GetByLabel("Pieces").FillAsync("3");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#toasts")).ToContainTextAsync("Sent.");
        Assert.Equal([("/first/count", """{"attempt":2}"""), ("/first/count", """{"attempt":2,"pieces":3}""")], other.Posted);
    }

    [BrowserFact]
    public async Task Answer_RefusedBecauseAnotherWasFirst_KeepsWhatWasTypedUntilItIsTaken()
    {
        var other = await OtherWorkflow.BesideAsync(Page);
        other.Order = OtherWorkflow.Waiting("Approve", "Approved");
        await GoToAsync("#/orders/first");
        var panel = Page.GetByRole(AriaRole.Form, new() { Name = "Your decision" });
        await Expect(panel).ToContainTextAsync("May it go out?");
        await panel.GetByLabel("Manager").FillAsync("Ada");
        await panel.GetByLabel("Remark").FillAsync("looks good");
        other.Answer = (409, """{"detail":"Attempt 2 has been answered already."}""");
        other.Next = OtherWorkflow.Waiting("Approve", "Approved", attempt: 3);
        await Button("Not approved").ClickAsync();

        await Expect(panel).ToContainTextAsync("attempt 3");
        await Expect(Page.Locator("#toasts")).ToContainTextAsync("Attempt 2 has been answered already.");
        await Expect(panel.GetByLabel("Manager")).ToHaveValueAsync("Ada");
        await Expect(panel.GetByLabel("Remark")).ToHaveValueAsync("looks good");

        other.Answer = (202, "");
        other.Next = OtherWorkflow.Waiting("Approve", "Approved", attempt: 4);
        await Button("Approved").ClickAsync();
        await Expect(Page.Locator("#toasts")).ToContainTextAsync("Answered: approved.");
        await Expect(panel).ToContainTextAsync("attempt 4");
        await Expect(panel.GetByLabel("Manager")).ToHaveValueAsync("Ada");
        await Expect(panel.GetByLabel("Remark")).ToHaveValueAsync("");
        Assert.Equal("""{"approved":true,"attempt":3,"manager":"Ada","remark":"looks good"}""", other.Posted.Last().Body);
    }

    [BrowserFact]
    public async Task Steps_PayloadOfAnyShape_AreShownWithWhatTheyCarry()
    {
        var other = await OtherWorkflow.BesideAsync(Page);
        await GoToAsync("#/orders/first");
        await StateBecomesAsync("Count", "waiting");
        await Expect(Page.Locator(".details-head")).ToContainTextAsync("Waiting for the warehouse");
        await Expect(Page.Locator("table.steps tbody tr").First).ToContainTextAsync("""["A-1",3]""");
        await Expect(Page.Locator("table.steps tbody tr").First).ToContainTextAsync("Packer Kim");
        await State("Pack").ClickAsync();
        await Expect(Page.Locator(".details-facts")).ToContainTextAsync("PackerKim");
        await Expect(Page.Locator(".details-facts")).ToContainTextAsync("Boxes[1,2]");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Output of Pack" })).ToContainTextAsync("\"A-1\"");

        var ended = OtherWorkflow.Waiting("Count", "Counted");
        ended["runtimeStatus"] = "Completed";
        ended["output"] = new JsonObject { ["pieces"] = 3, ["sent"] = true };
        other.Order = ended;
        await Expect(Page.Locator(".outcome")).ToContainTextAsync("pieces: 3, sent: true");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Output of the order" })).ToContainTextAsync("\"sent\": true");
    }

    [BrowserFact]
    public async Task Steps_StateThatIsNoLongerDeclared_IsShownAllTheSame()
    {
        var other = await OtherWorkflow.BesideAsync(Page);
        foreach (var step in other.Order["progress"]!["steps"]!.AsArray())
            step!["state"] = "Gone";
        await GoToAsync("#/orders/first");

        await Expect(Page.Locator("table.steps tbody tr").First).ToHaveClassAsync("tone-done");
        await Expect(Page.Locator("table.steps tbody tr").Last).ToHaveClassAsync("tone-running");
        await Button("Gone : Running").ClickAsync();
        await Expect(Page.Locator("table.steps tbody tr").Last).ToHaveClassAsync("tone-running selected");
    }

    [BrowserFact]
    public async Task Screen_Of360PixelsAndTwoWorkflows_ShowsEverythingWithoutScrollingSideways()
    {
        await OpenPageAsync(new() { ViewportSize = new() { Width = 360, Height = 740 } });
        await OtherWorkflow.BesideAsync(Page);
        foreach (var address in new[] { "#/orders", "#/orders/first" })
        {
            await GoToAsync(address);
            await Expect(Tab("Orders")).ToBeVisibleAsync();
            await Expect(Page.Locator("#connection")).ToHaveTextAsync("Live");
            await NothingIsCutOffAsync();
        }
        await Page.ClickAsync("#start");
        await NothingIsCutOffAsync();
    }

    private ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private ILocator Tab(string name) => Page.GetByRole(AriaRole.Navigation, new() { Name = "Workflows" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
}
