using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract;

/// <summary>The whole process, with an agent who decides: every branch is certain.</summary>
public sealed class AgentContractTests(ContractHost host) : ContractTests(host)
{
    [Fact]
    public async Task Case_Resolved_Completes()
    {
        var id = await StartWaitingAsync("resolved");
        var waiting = (await GetAsync(id)).GetProperty("progress");
        Assert.Equal("Work on Case", waiting.GetProperty("state").GetString());
        Assert.True(waiting.GetProperty("deadline").GetDateTimeOffset() > DateTimeOffset.UtcNow);
        Assert.Equal("Case 001: opened...assigned...", waiting.GetProperty("steps")[2].GetProperty("input").GetProperty("Message").GetString());
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("steps")[2].GetProperty("output").ValueKind);

        await AcceptedAsync(AnswerAsync(id, """{"resolved":true,"attempt":1,"agent":"Ada \"A\" 😀","note":"<b>done</b>"}"""));

        var body = await UntilStatusAsync(id, "Completed");
        Assert.Equal(["instanceId", "caseId", "runtimeStatus", "createdAt", "lastUpdatedAt", "duration", "input", "progress", "output", "error"], body.EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"Case":"001","Status":1,"Message":"Case 001: opened...assigned...resolved...closed."}""", body.GetProperty("output").GetRawText());
        Assert.Equal(JsonValueKind.Null, body.GetProperty("error").ValueKind);
        Assert.True(body.GetProperty("createdAt").GetDateTimeOffset() <= body.GetProperty("lastUpdatedAt").GetDateTimeOffset());
        Assert.Equal(["Open Case", "Assign Case", "Work on Case", "Close Case"], States(body));
        var work = body.GetProperty("progress").GetProperty("steps")[2];
        Assert.Equal(("Ada \"A\" 😀", "<b>done</b>"), (work.GetProperty("agent").GetString(), work.GetProperty("note").GetString()));
        EveryInputIsTheOutputBefore(body);
    }

    [Fact]
    public async Task Case_Unresolved_FailsWithTheCause()
    {
        var id = await StartWaitingAsync("unresolved");

        await AcceptedAsync(AnswerAsync(id, """{"resolved":false}"""));

        var body = await UntilStatusAsync(id, "Failed");
        Assert.Equal("""{"type":"CallCenter.Workflow.CaseEscalatedException","message":"Engage Tier 2 Support."}""", body.GetProperty("error").GetRawText());
        var progress = body.GetProperty("progress");
        Assert.Equal("Fail", progress.GetProperty("state").GetString());
        Assert.Equal("Case 001: opened...assigned...unresolved...escalating.", progress.GetProperty("case").GetProperty("Message").GetString());
        Assert.Equal(["Open Case", "Assign Case", "Work on Case", "Escalate Case"], States(body));
        EveryInputIsTheOutputBefore(body);
    }

    [Fact]
    public async Task Case_WorkAgain_IsWorkedOnAgain()
    {
        var id = await StartWaitingAsync("again", ""","onEscalation":"workAgain","maxAttempts":2""");
        await AcceptedAsync(AnswerAsync(id, """{"resolved":false,"attempt":1}"""));
        await UntilWaitingAsync(id, attempt: 2);

        Assert.Contains("attempt 2", await RefusedAsync(await AnswerAsync(id, """{"resolved":true,"attempt":1}"""), HttpStatusCode.Conflict), StringComparison.Ordinal);
        await AcceptedAsync(AnswerAsync(id, """{"resolved":true,"attempt":2}"""));

        var body = await UntilStatusAsync(id, "Completed");
        Assert.Equal("Case 001: opened...assigned...unresolved...escalating.resolved...closed.", body.GetProperty("output").GetProperty("Message").GetString());
        EveryInputIsTheOutputBefore(body);
    }

    [Fact]
    public async Task Case_ManyAttempts_ShowsWhatEveryStepTookAndGave()
    {
        // Long enough that steps are left out of the status, on every runtime alike.
        const int attempts = 6;
        var caseId = string.Concat(Enumerable.Repeat("😀", 128));
        var id = await StartWaitingAsync("omitted", $$""","onEscalation":"workAgain","maxAttempts":{{attempts}}""", caseId);
        var note = new string('ü', 200);
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            await UntilWaitingAsync(id, attempt);
            await AcceptedAsync(AnswerAsync(id, $$"""{"resolved":false,"attempt":{{attempt}},"note":"{{note}}"}"""));
        }

        var body = await UntilStatusAsync(id, "Failed");
        var progress = body.GetProperty("progress");
        var steps = progress.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(2 + 2 * attempts, steps.Count + progress.GetProperty("stepsOmitted").GetInt32());
        Assert.All(steps, step => Assert.Equal(caseId, step.GetProperty("output").GetProperty("Case").GetString()));
        Assert.All(steps.Skip(1), step => Assert.StartsWith(
            step.GetProperty("input").GetProperty("Message").GetString()!, step.GetProperty("output").GetProperty("Message").GetString(), StringComparison.Ordinal));
        Same(progress.GetProperty("case"), steps[^1].GetProperty("output"));
    }

    [Fact]
    public async Task Case_NoAnswerInTime_CountsAsUnresolved()
    {
        var id = await StartAsync("deadline", ""","workMode":"agent","agentDeadlineSeconds":1""");

        var failed = await UntilStatusAsync(id, "Failed");

        Assert.Equal("Engage Tier 2 Support.", failed.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("Nobody decided in time", failed.GetProperty("outcome").GetString());
        Assert.True(failed.GetProperty("progress").GetProperty("steps")[2].GetProperty("timedOut").GetBoolean());
        var page = await UntilAsync(async () => await BodyAsync(await Host.Api.GetAsync($"/api/cases?prefix={id}")), page => page.GetProperty("cases").GetArrayLength() == 1);
        Assert.Equal("Nobody decided in time", page.GetProperty("cases")[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Case_AnsweredWithANo_SaysWhoAndWhy()
    {
        var id = await StartWaitingAsync("no");

        await AcceptedAsync(AnswerAsync(id, """{"resolved":false,"agent":"Ada","note":"hung up"}"""));
        var failed = await UntilStatusAsync(id, "Failed");

        Assert.Equal("Not resolved (Ada): hung up", failed.GetProperty("outcome").GetString());
        Assert.False(failed.GetProperty("progress").GetProperty("steps")[2].TryGetProperty("timedOut", out _));
        var took = failed.GetProperty("lastUpdatedAt").GetDateTimeOffset() - failed.GetProperty("createdAt").GetDateTimeOffset();
        Assert.Equal(took.TotalSeconds, failed.GetProperty("duration").GetDouble(), tolerance: 0.001);
    }

    [Theory]
    [InlineData("{}", "'resolved' is missing")]
    [InlineData("{\"resolved\":\"yes\"}", "true or false")]
    [InlineData("{\"resolved\":true,\"Agent\":\"x\"}", "Did you mean 'agent'?")]
    [InlineData("{\"resolved\":true,\"attempt\":\"1\"}", "whole number")]
    public async Task Answer_WrongBody_IsRefusedAndTheCaseWaitsOn(string body, string said)
    {
        var id = await StartWaitingAsync("wrong");

        Assert.Contains(said, await RefusedAsync(await AnswerAsync(id, body), HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await UntilWaitingAsync(id, attempt: 1);
    }

    [Fact]
    public async Task Answer_WrongCase_IsRefused()
    {
        await RefusedAsync(await AnswerAsync(Host.NewId("none"), """{"resolved":true}"""), HttpStatusCode.NotFound);

        var ended = await StartWaitingAsync("ended");
        await AcceptedAsync(AnswerAsync(ended, """{"resolved":true}"""));
        await UntilStatusAsync(ended, "Completed");
        await RefusedAsync(await AnswerAsync(ended, """{"resolved":true}"""), HttpStatusCode.Gone);
    }

    private static async Task AcceptedAsync(Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private static IEnumerable<string?> States(JsonElement body) =>
        body.GetProperty("progress").GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("state").GetString());

    private static void EveryInputIsTheOutputBefore(JsonElement body)
    {
        var steps = body.GetProperty("progress").GetProperty("steps").EnumerateArray().ToList();
        Same(body.GetProperty("input"), steps[0].GetProperty("input"));
        Assert.All(steps.Zip(steps.Skip(1)), pair => Same(pair.First.GetProperty("output"), pair.Second.GetProperty("input")));
        Same(body.GetProperty("progress").GetProperty("case"), steps[^1].GetProperty("output"));
    }

    /// <summary>The same value, however its characters are escaped.</summary>
    private static void Same(JsonElement expected, JsonElement actual) => Assert.True(JsonElement.DeepEquals(expected, actual), $"{expected} is not {actual}");
}
