using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.Browser;

/// <summary>The inbox: those that wait, answered in their rows.</summary>
public sealed class InboxTests(BrowserFixture fixture) : ConsoleTest(fixture)
{
    private const string Address = "#/cases?waiting=true&order=deadline";

    [BrowserFact]
    public async Task Inbox_Opened_ShowsThoseThatWaitByDeadlineAndCountsTheOverdue()
    {
        var list = await FakeList.InAsync(Page);
        list.Add("calm", "Waiting", deadline: DateTimeOffset.UtcNow.AddHours(2));
        list.Add("late", "Waiting", deadline: DateTimeOffset.UtcNow.AddMinutes(-3));
        list.Add("busy", "Running");
        await GoToAsync();
        await Expect(Waiting).ToContainTextAsync("21 overdue");

        await Waiting.ClickAsync();

        await Expect(Rows).ToHaveCountAsync(2);
        await Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape(Address) + "$"));
        await Expect(Rows.First).ToContainTextAsync("late");
        var overdue = Rows.First.Locator(".overdue");
        await Expect(overdue).ToContainTextAsync("overdue by 3 min");
        Assert.Equal(await ColourAsync(Page.Locator(".count-overdue")), await ColourAsync(overdue));
        await Expect(Waiting).ToHaveAttributeAsync("aria-pressed", "true");

        await Waiting.ClickAsync();
        await Expect(Rows).ToHaveCountAsync(3);
        await Expect(Page).ToHaveURLAsync(new Regex("#/cases$"));
    }

    [BrowserFact]
    public async Task Inbox_OfTheHost_AnswersItsCases()
    {
        foreach (var (id, seconds) in new[] { ("calm", 900), ("urgent", 60) })
            await Host.StartCaseAsync(new { inputCaseID = id, workMode = "agent", agentDeadlineSeconds = seconds }, id);
        await GoToAsync();
        await Expect(Page).ToHaveTitleAsync("(2 waiting) Cases – CallCenter");
        await Waiting.ClickAsync();
        await Expect(Rows).ToHaveCountAsync(2);
        await Expect(Rows.First).ToContainTextAsync("urgent");
        await Page.GetByLabel("Your name").FillAsync("Kim");
        await Rows.First.GetByLabel("Note").FillAsync("put out");
        await Rows.First.GetByRole(AriaRole.Button, new() { Name = "Resolved", Exact = true }).ClickAsync();

        await Expect(Rows.First).ToContainTextAsync("Answered: resolved.");
        await Page.Mouse.MoveAsync(2, 2);
        await Page.Locator("h1").FocusAsync();
        await Expect(Rows).ToHaveCountAsync(1);
        await GoToAsync(AddressOf("urgent"));
        await StateBecomesAsync("Close Case", "done");
        await Expect(Page.Locator("table.steps")).ToContainTextAsync("put out");
    }

    [BrowserFact]
    public async Task Row_AnsweredWithTheKeyboard_SendsWhatWasTyped()
    {
        var list = await FakeList.InAsync(Page);
        foreach (var id in new[] { "first", "second", "third" })
            list.Add(id, "Waiting", deadline: DateTimeOffset.UtcNow.AddMinutes(20 + id.Length));
        list.Answer = (_, path) =>
        {
            list.AnsweredBy(path.Split('/')[1], "Kim", waitsAgain: false);
            return (202, "");
        };
        await GoToAsync(Address);
        await Page.GetByLabel("Your name").FillAsync("Kim");
        await Page.Locator("h1").FocusAsync();

        await Page.Keyboard.PressAsync("j");
        await Expect(Rows.Nth(0)).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("n");
        await Page.Keyboard.TypeAsync("put out, really");
        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.PressAsync("r");
        await Expect(Rows.Nth(0)).ToContainTextAsync("Answered: resolved.");
        // A second press finds nothing to answer.
        await Page.Keyboard.PressAsync("r");
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("k");
        await Page.Keyboard.PressAsync("u");
        await Expect(Rows.Nth(1)).ToContainTextAsync("Answered: not resolved.");

        Assert.Equal(
            [("POST", "/first/work", """{"resolved":true,"attempt":1,"agent":"Kim","note":"put out, really"}"""), ("POST", "/third/work", """{"resolved":false,"attempt":1,"agent":"Kim"}""")],
            list.Sent);
        await Page.Keyboard.PressAsync("j");
        await Expect(Rows.Nth(2)).ToBeFocusedAsync();
        // The list that is offered may still be the one between the two answers.
        await Expect(Page.Locator("table.instances tr.gone")).ToHaveCountAsync(2);
        await Expect(Page.Locator(".newer")).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("j");
        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Rows.First).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page).ToHaveURLAsync(new Regex("#/cases/second$"));
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape(Address) + "$"));
        await Expect(Rows).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task Row_AnotherAgentWasFaster_SaysWhoAndKeepsTheNoteAndArmsNothing()
    {
        var list = await FakeList.InAsync(Page);
        list.Add("first", "Waiting");
        await GoToAsync(Address);
        await Note.FillAsync("half a sentence");
        await Button("Resolved").HoverAsync();

        list.AnsweredBy("first", "Ada", waitsAgain: true);
        await Expect(Rows.First).ToContainTextAsync("was answered in the meantime. Agent: Ada, Note: no dial tone");
        await Page.Mouse.DownAsync();
        await Page.Mouse.UpAsync();
        await Rows.First.FocusAsync();
        await Page.Keyboard.PressAsync("r");
        Assert.Empty(list.Sent);
        await Expect(Button("Resolved")).ToBeDisabledAsync();
        await Expect(Note).ToHaveValueAsync("half a sentence");

        await Button("Answer attempt 2").ClickAsync();
        await Expect(Button("Resolved")).ToBeEnabledAsync();
        await Page.Keyboard.PressAsync("u");
        await Expect(Rows.First).ToContainTextAsync("Answered: not resolved.");
        Assert.Equal("""{"resolved":false,"attempt":2,"note":"half a sentence"}""", list.Sent.Single().Body);
    }

    [BrowserFact]
    public async Task Row_AnswerThatCameTooLate_KeepsTheNoteUntilItIsDropped()
    {
        var list = await FakeList.InAsync(Page);
        list.Add("first", "Waiting");
        list.Add("second", "Waiting", deadline: DateTimeOffset.UtcNow.AddHours(2));
        list.Answer = (_, _) =>
        {
            list.AnsweredBy("first", "Ada", waitsAgain: false);
            return (409, """{"detail":"Attempt 1 was answered by Ada: resolved. This answer does not count."}""");
        };
        await GoToAsync(Address);
        await Note.First.FillAsync("half a sentence");
        await Button("Not resolved").First.ClickAsync();

        await Expect(Rows.First).ToContainTextAsync("Ada");
        await Expect(Rows.First).ToContainTextAsync("No longer waiting");
        await Page.Locator("h1").FocusAsync();
        await Page.Mouse.MoveAsync(2, 2);
        list.Add("third", "Waiting", deadline: DateTimeOffset.UtcNow.AddHours(3));
        await Expect(Rows).ToHaveCountAsync(3);
        await Expect(Note.First).ToHaveValueAsync("half a sentence");

        await Button("Discard what was typed").ClickAsync();
        await Page.Locator("h1").FocusAsync();
        await Page.Mouse.MoveAsync(2, 2);
        await Expect(Rows).ToHaveCountAsync(2);
    }

    [BrowserFact]
    public async Task Row_AnswerRefused_SaysWhyAndCanBeAnsweredAgain()
    {
        var list = await FakeList.InAsync(Page);
        list.Add("first", "Waiting");
        list.Answer = (_, _) => (400, """{"errors":[{"field":"note","message":"The note is too long."},{"field":"agent","message":"The name is too long."}]}""");
        await GoToAsync(Address);
        await Note.FillAsync("words");
        await Button("Resolved").ClickAsync();

        await Expect(Page.Locator("[data-field=note] .refusal")).ToHaveTextAsync("The note is too long.");
        await Expect(Page.Locator(".answer-box > .refusal")).ToHaveTextAsync("The name is too long.");
        await Expect(Note).ToHaveValueAsync("words");
        await Expect(Button("Resolved")).ToBeEnabledAsync();
    }

    [BrowserFact]
    public async Task Row_AnsweredAndWaitingAgain_AsksBeforeTheNextAnswer()
    {
        var list = await FakeList.InAsync(Page);
        list.Add("first", "Waiting");
        list.Answer = (_, _) =>
        {
            list.AnsweredBy("first", "Kim", waitsAgain: true);
            return (202, "");
        };
        await GoToAsync(Address);
        await Note.FillAsync("tried it");
        await Button("Not resolved").DblClickAsync();

        await Expect(Rows.First).ToContainTextAsync("Answered: not resolved. It is waiting again.");
        await Expect(Button("Not resolved")).ToBeDisabledAsync();
        await Expect(Note).ToHaveValueAsync("");
        Assert.Single(list.Sent);
    }

    [BrowserFact]
    public async Task Help_QuestionMark_ShowsTheKeysAndSwitchesLettersOff()
    {
        var list = await FakeList.InAsync(Page);
        list.Add("first", "Waiting");
        await GoToAsync(Address);
        await Expect(Rows).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("?");
        await Expect(Page.Locator("dialog")).ToContainTextAsync("Answers: not resolved");
        await Page.GetByLabel("Use letters as keys").UncheckAsync();
        await Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        await Page.Keyboard.PressAsync("j");
        await Expect(Rows.First).Not.ToBeFocusedAsync();

        await Button("Keys").ClickAsync();
        await Page.GetByLabel("Use letters as keys").CheckAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.PressAsync("j");
        await Expect(Rows.First).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task OtherWorkflow_EventThatIsNoDecision_LeadsToItsForm()
    {
        await OtherWorkflow.BesideAsync(Page);
        await GoToAsync("#/orders?waiting=true");
        await Expect(Rows).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.GetByRole(AriaRole.Form, new() { Name = "Your answer" })).ToBeVisibleAsync();
    }

    private ILocator Waiting => Page.Locator(".count", new() { HasText = "Waiting" });

    private ILocator Note => Page.GetByLabel("Note");

    private static Task<string> ColourAsync(ILocator element) => element.EvaluateAsync<string>("element => getComputedStyle(element).color");
}
