using System.Globalization;
using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract;

/// <summary>
/// A client of the Durable Functions HTTP management API, written from that API's documentation. What it reads must be the same on
/// every host, so nothing here is our own.
/// </summary>
public sealed class ManagementContractTests(ContractHost host) : ContractTests(host)
{
    [Fact]
    public async Task Start_ThenFollowLocation_EndsWith200AndTheOutput()
    {
        using var start = await StartAsAsync(Host.NewId("follow"), ""","workMode":"agent" """);
        var (location, body) = (start.Headers.Location!, await BodyAsync(start));
        var id = body.GetProperty("id").GetString()!;
        await UntilWaitingAsync(id, attempt: 1);

        using (var running = await Host.Given.GetAsync(location))
        {
            Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
            Assert.Equal("5", running.Headers.RetryAfter!.ToString());
            Assert.NotNull(running.Headers.Location);
            Assert.Equal("Running", (await BodyAsync(running)).GetProperty("runtimeStatus").GetString());
        }
        await RaiseAsync(body, "CaseWorked", """{"resolved":true,"attempt":1}""", HttpStatusCode.Accepted);
        var status = await EndAsync(location);

        Assert.Equal(
            ["name", "instanceId", "runtimeStatus", "input", "customStatus", "output", "createdTime", "lastUpdatedTime"],
            status.EnumerateObject().Select(property => property.Name));
        Assert.Equal("CallCenterOrchestrator", status.GetProperty("name").GetString());
        Assert.Equal(id, status.GetProperty("instanceId").GetString());
        Assert.Equal("Completed", status.GetProperty("runtimeStatus").GetString());
        Assert.Equal("001", status.GetProperty("input").GetProperty("inputCaseID").GetString());
        Assert.Equal("Close Case", status.GetProperty("customStatus").GetProperty("state").GetString());
        Assert.Equal("""{"Case":"001","Status":1,"Message":"Case 001: opened...assigned...resolved...closed."}""", status.GetProperty("output").GetRawText());
        Assert.True(DateTime.TryParseExact(status.GetProperty("createdTime").GetString(), "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
    }

    [Fact]
    public async Task Get_FailedCase_Is200WithTheCauseOr500WhenAskedFor()
    {
        var body = await StartWaitingHereAsync("failed");
        await RaiseAsync(body, "CaseWorked", """{"resolved":false,"attempt":1}""", HttpStatusCode.Accepted);
        var uri = body.GetProperty("statusQueryGetUri").GetString()!;

        var status = await EndAsync(new Uri(uri));
        using var asked = await Host.Given.GetAsync(With(uri, "returnInternalServerErrorOnFailure=true"));

        Assert.Equal("Failed", status.GetProperty("runtimeStatus").GetString());
        Assert.EndsWith("Engage Tier 2 Support.", status.GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.Equal("Case 001: opened...assigned...unresolved...escalating.", status.GetProperty("customStatus").GetProperty("case").GetProperty("Message").GetString());
        Assert.Equal(HttpStatusCode.InternalServerError, asked.StatusCode);
    }

    [Fact]
    public async Task Get_ShowHistory_HoldsEveryStepOnce()
    {
        var body = await StartWaitingHereAsync("history");
        await RaiseAsync(body, "CaseWorked", """{"resolved":true,"attempt":1}""", HttpStatusCode.Accepted);
        var uri = body.GetProperty("statusQueryGetUri").GetString()!;
        await EndAsync(new Uri(uri));

        var shown = await ReadAsync(With(uri, "showHistory=true&showHistoryOutput=true&showInput=false"));
        var events = shown.GetProperty("historyEvents").EnumerateArray().ToList();

        Assert.Equal(JsonValueKind.Null, shown.GetProperty("input").ValueKind);
        Assert.Equal("ExecutionStarted", events[0].GetProperty("EventType").GetString());
        Assert.Equal("CallCenterOrchestrator", events[0].GetProperty("FunctionName").GetString());
        Assert.Equal("ExecutionCompleted", events[^1].GetProperty("EventType").GetString());
        Assert.Equal("Completed", events[^1].GetProperty("OrchestrationStatus").GetString());
        var tasks = events.Where(item => item.GetProperty("EventType").GetString() == "TaskCompleted").ToList();
        Assert.Equal(["OpenCase", "AssignCase", "CloseCase"], tasks.Select(task => task.GetProperty("FunctionName").GetString()));
        Assert.All(tasks, task => Assert.Equal(JsonValueKind.Object, task.GetProperty("Result").ValueKind));
        Assert.All(tasks, task => Assert.True(task.GetProperty("ScheduledTime").GetDateTime() <= task.GetProperty("Timestamp").GetDateTime()));
        var raised = Assert.Single(events, item => item.GetProperty("EventType").GetString() == "EventRaised");
        Assert.Equal("CaseWorked", raised.GetProperty("Name").GetString());
    }

    [Fact]
    public async Task AnyCall_UnknownInstance_Is404()
    {
        var uris = await StartWaitingHereAsync("unknown");
        string Unknown(string name) => uris.GetProperty(name).GetString()!.Replace(uris.GetProperty("id").GetString()!, Host.NewId("nobody"), StringComparison.Ordinal)
            .Replace("{eventName}", "CaseWorked", StringComparison.Ordinal);

        foreach (var name in new[] { "terminatePostUri", "suspendPostUri", "resumePostUri", "rewindPostUri", "sendEventPostUri" })
            await StatusAsync(HttpMethod.Post, Unknown(name), HttpStatusCode.NotFound, "{}");
        await StatusAsync(HttpMethod.Get, Unknown("statusQueryGetUri"), HttpStatusCode.NotFound);
        await StatusAsync(HttpMethod.Delete, Unknown("purgeHistoryDeleteUri"), HttpStatusCode.NotFound);
        await StatusAsync(HttpMethod.Post, Unknown("restartPostUri"), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task ChangingCalls_WrongState_AreRefusedAsDocumented()
    {
        var body = await StartWaitingHereAsync("states");
        string Uri(string name) => body.GetProperty(name).GetString()!;
        var id = Uri("id");

        await StatusAsync(HttpMethod.Delete, Uri("purgeHistoryDeleteUri"), HttpStatusCode.PreconditionFailed);
        await StatusAsync(HttpMethod.Post, With(Uri("restartPostUri"), "restartWithNewInstanceId=false"), HttpStatusCode.Conflict);
        await StatusAsync(HttpMethod.Post, Uri("sendEventPostUri").Replace("{eventName}", "CaseWorked", StringComparison.Ordinal), HttpStatusCode.BadRequest, "no json");
        await StatusAsync(HttpMethod.Post, Uri("terminatePostUri").Replace("{text}", "enough", StringComparison.Ordinal), HttpStatusCode.Accepted);
        var status = await EndAsync(new Uri(Uri("statusQueryGetUri")));

        Assert.Equal("Terminated", status.GetProperty("runtimeStatus").GetString());
        Assert.Contains("enough", status.GetProperty("output").GetRawText(), StringComparison.Ordinal);
        foreach (var name in new[] { "terminatePostUri", "suspendPostUri", "resumePostUri" })
            await StatusAsync(HttpMethod.Post, Uri(name), HttpStatusCode.Gone);
        await StatusAsync(HttpMethod.Post, Uri("sendEventPostUri").Replace("{eventName}", "CaseWorked", StringComparison.Ordinal), HttpStatusCode.Gone, "{}");
        await StatusAsync(HttpMethod.Post, Uri("rewindPostUri"), HttpStatusCode.PreconditionFailed);
        await StatusAsync(HttpMethod.Delete, Uri("purgeHistoryDeleteUri"), HttpStatusCode.OK);
        await IsNotThereAsync(id);
    }

    [Fact]
    public async Task List_WithPagingHeader_GivesEveryInstanceOnce()
    {
        var prefix = Host.NewId("page");
        for (var i = 0; i < 5; i++)
            await StartAsAsync($"{prefix}-{i}");
        var body = await StartWaitingHereAsync("lister");
        var list = body.GetProperty("statusQueryGetUri").GetString()!.Replace(body.GetProperty("id").GetString()!, "", StringComparison.Ordinal);

        var ids = new List<string>();
        string? token = null;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, With(list, $"instanceIdPrefix={prefix}&top=2&showInput=false"));
            if (token is not null)
                request.Headers.TryAddWithoutValidation("x-ms-continuation-token", token);
            using var response = await Host.Given.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            ids.AddRange((await BodyAsync(response)).EnumerateArray().Select(item => item.GetProperty("instanceId").GetString()!));
            token = response.Headers.TryGetValues("x-ms-continuation-token", out var values) ? values.Single() : null;
        }
        while (!string.IsNullOrEmpty(token) && token != "null");

        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"{prefix}-{i}"), ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task PurgeAll_WithoutATime_Is400()
    {
        var body = await StartWaitingHereAsync("purge");
        var list = body.GetProperty("statusQueryGetUri").GetString()!.Replace(body.GetProperty("id").GetString()!, "", StringComparison.Ordinal);

        await StatusAsync(HttpMethod.Delete, list, HttpStatusCode.BadRequest);
        await StatusAsync(HttpMethod.Delete, With(list, "createdTimeFrom=2000-01-01T00:00:00Z&createdTimeTo=2000-01-02T00:00:00Z"), HttpStatusCode.NotFound);
    }

    private async Task<JsonElement> StartWaitingHereAsync(string name)
    {
        var id = Host.NewId(name);
        using var start = await StartAsAsync(id, ""","workMode":"agent" """);
        await UntilWaitingAsync(id, attempt: 1);
        return await BodyAsync(start);
    }

    private static string With(string uri, string query) => uri + (uri.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query;

    private async Task<JsonElement> ReadAsync(string uri)
    {
        using var response = await Host.Given.GetAsync(uri);
        return await BodyAsync(response);
    }

    /// <summary>Polls as the documentation says: until the status is not 202 any more.</summary>
    private async Task<JsonElement> EndAsync(Uri location)
    {
        var (_, body) = await UntilAsync(async () =>
        {
            using var response = await Host.Given.GetAsync(location);
            return (response.StatusCode, await BodyAsync(response));
        }, answer => answer.StatusCode != HttpStatusCode.Accepted);
        return body;
    }

    private async Task RaiseAsync(JsonElement uris, string name, string json, HttpStatusCode status) =>
        await StatusAsync(HttpMethod.Post, uris.GetProperty("sendEventPostUri").GetString()!.Replace("{eventName}", name, StringComparison.Ordinal), status, json);

    private async Task StatusAsync(HttpMethod method, string uri, HttpStatusCode status, string? body = null)
    {
        using var request = new HttpRequestMessage(method, uri) { Content = body is null ? null : Json(body) };
        using var response = await Host.Given.SendAsync(request);
        Assert.True(status == response.StatusCode, $"{method} {uri}: {(int)response.StatusCode}, not {(int)status}: {await response.Content.ReadAsStringAsync()}");
    }
}
