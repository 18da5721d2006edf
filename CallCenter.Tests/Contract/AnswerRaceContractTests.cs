using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract;

/// <summary>Of the answers to one attempt exactly one counts, and whoever sent it is the only one to be told so.</summary>
public sealed class AnswerRaceContractTests(ContractHost host) : ContractTests(host)
{
    private const int Callers = 20;

    [Fact]
    public async Task Answer_ContradictingAtOnce_AcceptsTheOneThatCounts()
    {
        for (var round = 0; round < 3; round++)
        {
            var id = await StartWaitingAsync("race");

            var (winner, refused) = await RaceAsync(id, attempt: 1);

            var body = await UntilAsync(id, body => body.GetProperty("runtimeStatus").GetString() is "Completed" or "Failed");
            var step = Work(body, attempt: 1);
            Assert.Equal($"agent {winner}", step.GetProperty("agent").GetString());
            Assert.Equal(winner % 2, step.GetProperty("output").GetProperty("Status").GetInt32());
            Assert.False(step.TryGetProperty("answerId", out _));
            Assert.All(refused, detail => Assert.True(detail.Contains($"agent {winner}", StringComparison.Ordinal) || detail.Contains("ended", StringComparison.Ordinal) || detail.Contains("does not wait", StringComparison.Ordinal), detail));
        }
    }

    [Fact]
    public async Task Answer_LateOnesForAnEarlierAttempt_NeverCount()
    {
        var id = await StartWaitingAsync("late", ""","onEscalation":"workAgain","maxAttempts":3""");
        using (var first = await AnswerAsync(id, """{"resolved":false,"attempt":1,"agent":"first"}"""))
            Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        await UntilWaitingAsync(id, attempt: 2);

        var late = Enumerable.Range(0, 5).Select(async _ => await RefusedAsync(await AnswerAsync(id, """{"resolved":true,"attempt":1,"agent":"late"}"""), HttpStatusCode.Conflict));
        Assert.All(await Task.WhenAll(late), detail => Assert.Contains("Attempt 1 was answered by first: not resolved", detail, StringComparison.Ordinal));
        await UntilWaitingAsync(id, attempt: 2);
        var (winner, _) = await RaceAsync(id, attempt: 2);

        var body = await UntilAsync(id, body => body.GetProperty("progress").GetProperty("waitingFor").GetString() is null || body.GetProperty("progress").GetProperty("attempt").GetInt32() == 3);
        Assert.Equal("first", Work(body, attempt: 1).GetProperty("agent").GetString());
        Assert.Equal($"agent {winner}", Work(body, attempt: 2).GetProperty("agent").GetString());
    }

    [Fact]
    public async Task Answer_EventRaisedDirectly_MayWinAndIsNamed()
    {
        var id = Host.NewId("direct");
        using var start = await StartAsAsync(id, ""","workMode":"agent","onEscalation":"workAgain" """);
        var uri = (await BodyAsync(start)).GetProperty("sendEventPostUri").GetString()!.Replace("{eventName}", "CaseWorked", StringComparison.Ordinal);
        await UntilWaitingAsync(id, attempt: 1);

        (await Host.Given.PostAsync(uri, Json("""{"resolved":false,"attempt":1,"agent":"direct"}"""))).Dispose();
        await UntilWaitingAsync(id, attempt: 2);

        Assert.Contains("answered by direct", await RefusedAsync(await AnswerAsync(id, """{"resolved":true,"attempt":1}"""), HttpStatusCode.Conflict), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_SuspendedCase_IsRefusedUntilItIsResumed()
    {
        var id = Host.NewId("suspended");
        using var start = await StartAsAsync(id, ""","workMode":"agent" """);
        var uris = await BodyAsync(start);
        await UntilWaitingAsync(id, attempt: 1);
        (await Host.Given.PostAsync(uris.GetProperty("suspendPostUri").GetString()!.Replace("{text}", "", StringComparison.Ordinal), null)).Dispose();
        await UntilStatusAsync(id, "Suspended");

        Assert.Contains("resume it first", await RefusedAsync(await AnswerAsync(id, """{"resolved":true}"""), HttpStatusCode.Conflict), StringComparison.Ordinal);

        (await Host.Given.PostAsync(uris.GetProperty("resumePostUri").GetString()!.Replace("{text}", "", StringComparison.Ordinal), null)).Dispose();
        await UntilStatusAsync(id, "Running");
        await UntilWaitingAsync(id, attempt: 1);
        using var answer = await AnswerAsync(id, """{"resolved":true}""");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>Everybody answers at once; even ones say no, odd ones yes.</summary>
    private async Task<(int Winner, List<string> Refused)> RaceAsync(string id, int attempt)
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i =>
            AnswerAsync(id, $$"""{"resolved":{{(i % 2 == 1 ? "true" : "false")}},"attempt":{{attempt}},"agent":"agent {{i}}"}""")));
        var winner = Assert.Single(Enumerable.Range(0, Callers), i => responses[i].StatusCode == HttpStatusCode.Accepted);
        var refused = new List<string>();
        foreach (var response in responses.Where((_, i) => i != winner))
        {
            // A case that has ended by then is gone.
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Conflict, HttpStatusCode.Gone });
            refused.Add((await BodyAsync(response)).GetProperty("detail").GetString()!);
        }
        foreach (var response in responses)
            response.Dispose();
        return (winner, refused);
    }

    private static JsonElement Work(JsonElement body, int attempt) => body.GetProperty("progress").GetProperty("steps").EnumerateArray()
        .Single(step => step.GetProperty("state").GetString() == "Work on Case" && step.GetProperty("attempt").GetInt32() == attempt);
}
