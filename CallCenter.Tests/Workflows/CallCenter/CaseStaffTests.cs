using System.Text.Json;
using CallCenter.Tests.Workflows.SupportTicket;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Workflows.CallCenter;

/// <summary>Cases that are assigned to an employee, who is told of them.</summary>
public sealed class CaseStaffTests
{
    private const string PublicUrl = "https://cases.example.com/desk/";

    private static readonly CaseInput Case001 = new() { InputCaseId = "001", Assign = CaseAssignment.Roster };
    private static readonly CaseInput Told = Case001 with { WorkMode = WorkMode.Agent, AgentDeadlineSeconds = 60, Notify = AgentNotification.Email };

    private readonly TicketContext _world = new();

    private CaseStaff Staff => new(_world, _world, PublicUrl);

    [Fact]
    public async Task Run_Roster_AssignsByTheKeyOfTheStep()
    {
        var context = new ScriptedContext(Staff, 1);

        var output = await context.RunAsync(Case001);

        Assert.Equal(
            """{"Case":"001","Status":1,"Message":"Case 001: opened...assigned...resolved...closed.","Assignee":{"id":"1","name":"Alex Kim","email":"alex.kim@example.com"}}""",
            JsonSerializer.Serialize(output));
        Assert.Equal("scripted/20260101T000000.000Z/Assign Case/1", Assert.Single(_world.Assignments));
        Assert.Empty(_world.Mails);
        Assert.Equal(["OpenCase", "AssignCase", "WorkOnCase", "CloseCase"], context.Calls.Select(call => call.Name));
    }

    [Fact]
    public async Task Run_NobodyByName_AsksNoTable()
    {
        await new ScriptedContext(Staff, 1).RunAsync(new CaseInput { InputCaseId = "001" });

        Assert.Empty(_world.Assignments);
    }

    [Fact]
    public async Task Run_Notify_TellsUntilWhenAndWhere()
    {
        var context = new ScriptedContext(Staff);
        context.Events.Enqueue((5, """{"resolved":true}"""));

        await context.RunAsync(Told);

        var mail = Assert.Single(_world.Mails);
        Assert.Equal((TicketContext.Kim, "Case 001 waits for you", "scripted/20260101T000000.000Z/Work on Case/1"), (mail.To, mail.Subject, mail.Key));
        Assert.Contains("until 2026-01-01 00:01:02 UTC:", mail.Text, StringComparison.Ordinal);
        Assert.Contains("\nhttps://cases.example.com/desk/console#/cases/scripted\n", mail.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Case 001: opened...assigned...", mail.Text, StringComparison.Ordinal);
        Assert.True(Work(context).GetProperty("notified").GetBoolean());
        Assert.Equal(["OpenCase", "AssignCase", "NotifyAgent", "CloseCase"], context.Calls.Select(call => call.Name));
    }

    [Fact]
    public async Task Run_NotifyFails_WaitsOnToTheSameDeadline()
    {
        var context = new ScriptedContext(Staff) { Failing = { ["NotifyAgent"] = new("CallCenter.MailException", "The mail server is down.") } };
        context.Events.Enqueue((5, """{"resolved":true,"agent":"Kim"}"""));

        var output = await context.RunAsync(Told);

        Assert.EndsWith("resolved...closed.", output.Message, StringComparison.Ordinal);
        Assert.Equal(("The mail server is down.", "Kim"), (Work(context).GetProperty("notified").GetString(), Work(context).GetProperty("agent").GetString()));
        // A second of the minute went by.
        Assert.Equal(TimeSpan.FromSeconds(59), Assert.Single(context.Waits));
        Assert.Single(context.Published, json => json.Contains("notified", StringComparison.Ordinal) && json.Contains("\"waitingFor\":\"CaseWorked\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_NotifyTakesAllTheTime_AnswersThatCameMeanwhileCount()
    {
        var context = new ScriptedContext(Staff);
        context.Events.Enqueue((0, """{"resolved":true,"attempt":2}"""));
        context.Events.Enqueue((0, """{"resolved":true,"attempt":1}"""));

        var output = await context.RunAsync(Told with { AgentDeadlineSeconds = 1 });

        Assert.Equal(1, output.Status);
    }

    [Fact]
    public async Task Run_WorkAgain_TellsEachTimeUnderAnotherKey()
    {
        await Assert.ThrowsAsync<CaseEscalatedException>(() =>
            new ScriptedContext(Staff).RunAsync(Told with { OnEscalation = OnEscalation.WorkAgain, MaxAttempts = 3 }));

        Assert.Equal(3, _world.Mails.Select(mail => mail.Key).Distinct().Count());
        Assert.Single(_world.Assignments);
    }

    [Fact]
    public void CaseInput_NothingChosen_IsWrittenAsBefore() => Assert.Equal(
        """{"inputCaseID":"001","workMode":"simulated","agentDeadlineSeconds":1800,"onEscalation":"fail","maxAttempts":5,"retry":{"maxAttempts":3,"firstDelaySeconds":1,"backoff":2}}""",
        JsonSerializer.Serialize(new CaseInput { InputCaseId = "001" }));

    [Fact]
    public void Refuse_SomethingIsMissing_NamesIt()
    {
        Refused("CallCenter:Assignments", new CaseStaff(null, _world, PublicUrl), Case001);
        Refused("'assign'", Staff, Told with { Assign = CaseAssignment.None });
        Refused("CallCenter:Mail:Host", new CaseStaff(_world, null, PublicUrl), Told);
        Refused("CallCenter:PublicUrl", new CaseStaff(_world, _world), Told);
        Assert.Null(Staff.Refuse(Told));
        Assert.Null(new CaseStaff().Refuse(new CaseInput { InputCaseId = "001" }));
    }

    private static void Refused(string said, CaseStaff staff, CaseInput input) => Assert.Contains(said, staff.Refuse(input), StringComparison.Ordinal);

    private static JsonElement Work(ScriptedContext context) => JsonElement.Parse(context.Published[^1]).GetProperty("steps")[2];
}
