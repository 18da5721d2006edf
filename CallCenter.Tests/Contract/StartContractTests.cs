using System.Net;
using System.Net.Http.Json;

namespace CallCenter.Tests.Contract;

/// <summary>POST /api/cases: what is taken, and what becomes of it.</summary>
public sealed class StartContractTests(ContractHost host) : ContractTests(host)
{
    [Fact]
    public async Task Start_WithoutId_IsAcceptedWithCheckStatus()
    {
        using var response = await Host.Api.PostAsync("/api/cases", Json("""{"inputCaseID":"001"}"""));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter?.Delta);
        var body = await BodyAsync(response);
        Assert.Equal(
            ["id", "statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "rewindPostUri", "purgeHistoryDeleteUri", "restartPostUri", "suspendPostUri", "resumePostUri"],
            body.EnumerateObject().Select(property => property.Name));
        Assert.All(body.EnumerateObject(), property => Assert.NotEmpty(property.Value.GetString()!));
        Assert.Equal(body.GetProperty("statusQueryGetUri").GetString(), response.Headers.Location?.OriginalString);
        Assert.Contains("/raiseEvent/{eventName}", body.GetProperty("sendEventPostUri").GetString(), StringComparison.Ordinal);
        Assert.Contains("reason={text}", body.GetProperty("terminatePostUri").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("Pending", (await UntilAsync(body.GetProperty("id").GetString()!, body => body.GetProperty("runtimeStatus").GetString() != "Pending")).GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task Start_BodyInChunks_IsTaken()
    {
        var id = Host.NewId("chunks");

        // What .NET makes of this has no length.
        using var response = await Host.Api.PostAsJsonAsync($"/api/cases?instanceId={id}", new { inputCaseID = "001", workMode = "agent" });
        await UntilWaitingAsync(id, attempt: 1);
        using var answer = await Host.Api.PostAsJsonAsync(Case(id) + "/work", new { resolved = true, attempt = 1 });

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (response.StatusCode, answer.StatusCode));
        await UntilStatusAsync(id, "Completed");
    }

    [Fact]
    public async Task Start_HeadersOfAnotherApp_AreNoneOfTheHosts()
    {
        var sent = Guid.NewGuid().ToString();
        for (var time = 0; time < 2; time++)
        {
            var id = Host.NewId("headers");
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/cases?instanceId={id}") { Content = Json("""{"inputCaseID":"001"}""") };
            request.Headers.Add("x-ms-invocation-id", sent);
            request.Headers.Add("X-Original-For", "192.0.2.1");

            using var response = await Host.Api.SendAsync(request);

            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            await UntilAsync(id, body => body.GetProperty("runtimeStatus").GetString() is "Completed" or "Failed");
        }
    }

    [Fact]
    public async Task Start_Options_AreWrittenIntoTheInput()
    {
        var id = await StartAsync("options", ""","workMode":"agent","agentDeadlineSeconds":77,"onEscalation":"workAgain","maxAttempts":2,"retry":{"maxAttempts":4,"firstDelaySeconds":0.5,"backoff":1}""");

        var input = (await GetAsync(id)).GetProperty("input");

        Assert.Equal(("001", "agent", 77), (input.GetProperty("inputCaseID").GetString(), input.GetProperty("workMode").GetString(), input.GetProperty("agentDeadlineSeconds").GetInt32()));
        Assert.Equal(("workAgain", 2), (input.GetProperty("onEscalation").GetString(), input.GetProperty("maxAttempts").GetInt32()));
        var retry = input.GetProperty("retry");
        Assert.Equal((4, 0.5, 1), (retry.GetProperty("maxAttempts").GetInt32(), retry.GetProperty("firstDelaySeconds").GetDouble(), retry.GetProperty("backoff").GetDouble()));
        Assert.Equal(["inputCaseID", "workMode", "agentDeadlineSeconds", "onEscalation", "maxAttempts", "retry"], input.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Start_WaitLongEnough_AnswersWithTheEndedCase()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/cases?instanceId={Host.NewId("wait")}") { Content = Json("""{"inputCaseID":"001"}""") };
        request.Headers.Add("Prefer", "respond-async, wait=99");

        using var response = await Host.Api.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("wait=30", Assert.Single(response.Headers.GetValues("Preference-Applied")));
        var body = await BodyAsync(response);
        Assert.Contains(body.GetProperty("runtimeStatus").GetString(), new[] { "Completed", "Failed" });
        Assert.Equal(body.GetRawText(), (await GetAsync(body.GetProperty("instanceId").GetString()!)).GetRawText());
    }

    [Theory]
    [InlineData("wait=1")]
    [InlineData("wait=soon")]
    public async Task Start_NotEndedInTime_IsAcceptedAsWithout(string prefer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/cases?instanceId={Host.NewId("nowait")}") { Content = Json("""{"inputCaseID":"001","workMode":"agent"}""") };
        request.Headers.Add("Prefer", prefer);

        using var response = await Host.Api.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task Start_CallerGoesAway_TheCaseGoesOn()
    {
        var id = Host.NewId("gone");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/cases?instanceId={id}") { Content = Json("""{"inputCaseID":"001","workMode":"agent"}""") };
        request.Headers.Add("Prefer", "wait=30");
        using var gone = new CancellationTokenSource();
        var waiting = Host.Api.SendAsync(request, gone.Token);

        await UntilAsync(() => Host.Api.GetAsync(Case(id)), response => response.IsSuccessStatusCode);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        await UntilWaitingAsync(id, attempt: 1);
        (await AnswerAsync(id, """{"resolved":true}""")).Dispose();
        await UntilStatusAsync(id, "Completed");
    }

    [Theory]
    [InlineData("it's \"quoted\" \\ and / slashed?")]
    [InlineData("<script>alert('x')</script>&amp;")]
    [InlineData("👩‍👩‍👧‍👦 Ünïcødé 漢字 עברית")]
    [InlineData("2026-01-31T08:30:00Z")]
    [InlineData("007")]
    [InlineData("null")]
    [InlineData("{{0}} %s ${x} $(y)")]
    [InlineData(LongCaseId)]
    public async Task Start_HostileCaseId_GoesThroughUnharmed(string caseId)
    {
        var id = await StartAsync("hostile", caseId: caseId);

        var body = await UntilAsync(id, body => body.GetProperty("runtimeStatus").GetString() is "Completed" or "Failed");

        Assert.Equal(caseId, body.GetProperty("caseId").GetString());
        var (payload, steps) = (body.GetProperty("progress").GetProperty("case"), body.GetProperty("progress").GetProperty("steps"));
        Assert.Equal(caseId, payload.GetProperty("Case").GetString());
        Assert.StartsWith($"Case {caseId}: opened...assigned...", payload.GetProperty("Message").GetString(), StringComparison.Ordinal);
        Assert.Equal(payload.GetProperty("Message").GetString(), steps[steps.GetArrayLength() - 1].GetProperty("output").GetProperty("Message").GetString());
        Assert.Equal(caseId, steps[0].GetProperty("input").GetProperty("inputCaseID").GetString());
    }

    /// <summary>256 UTF-16 characters that take twelve each when they are escaped.</summary>
    private const string LongCaseId =
        "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀" +
        "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀";

    [Theory]
    [InlineData("it's \"quoted\"")]
    [InlineData("Ünïcødé 漢字 😀")]
    [InlineData("<b>&lt;$")]
    public async Task Start_OddInstanceId_IsFoundUnderIt(string tail)
    {
        var id = Host.NewId("odd") + tail;
        using var response = await StartAsAsync(id);

        Assert.Equal(id, (await BodyAsync(response)).GetProperty("id").GetString());
        Assert.Equal(id, (await GetAsync(id)).GetProperty("instanceId").GetString());
    }
}
