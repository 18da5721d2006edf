using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract;

/// <summary>The rows that every workflow's collection has, the same for each.</summary>
public sealed class EveryWorkflowContractTests(ContractHost host) : ContractTests(host)
{
    private const string Body = """{"inputCaseID":"001"}""";

    private static readonly string[] CheckStatus =
        ["id", "statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "rewindPostUri", "purgeHistoryDeleteUri", "restartPostUri", "suspendPostUri", "resumePostUri"];

    /// <summary>The collections, what one of each is called, and its key.</summary>
    public static TheoryData<string, string, string> Collections => new() { { "cases", "case", "caseId" }, { "tickets", "ticket", "ticketId" } };

    public static TheoryData<string, string, string> WrongBodies => Of(
        ("", "empty"),
        ("{", "not JSON"),
        ("[]", "an array"),
        ("{}", "'inputCaseID' is missing"),
        ("{\"inputCaseID\":1}", "must be a string"),
        ("{\"inputCaseID\":\" \"}", "blank"),
        ("{\"inputCaseID\":\"a\\u0007b\"}", "control character"),
        ("{\"inputCaseID\":\"\\udc00\"}", "surrogate"),
        ("{\"inputCaseID\":\"a\\u202Eb\"}", "U+202E"),
        ("{\"inputCaseID\":\"e\\u0301\"}", "NFC"),
        ("{\"inputCaseID\":\"1\",\"inputCaseID\":\"1\"}", "given twice"),
        ("{\"inputcaseid\":\"1\"}", "Did you mean 'inputCaseID'?"),
        ("{\"inputCaseID\":\"1\",\"retry\":3}", "must be an object"),
        ("{\"inputCaseID\":\"1\",\"retry\":{\"maxAttempts\":0}}", "'retry.maxAttempts'"));

    public static TheoryData<string, string, string> WrongLists => Of(
        ("status=Runing", "Did you mean 'Running'?"),
        ("from=yesterday", "ISO 8601"),
        ("top=0", "from 1 to 1000"),
        ("continuationToken=nonsense", "continuation token"));

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task Start_Right_EndsAndIsShown(string collection, string item, string key)
    {
        var id = Host.NewId(item);
        using var start = await Host.Api.PostAsync($"/api/{collection}?instanceId={id}", Json(Body));
        Assert.Equal(HttpStatusCode.Accepted, start.StatusCode);
        var uris = await BodyAsync(start);
        Assert.Equal(CheckStatus, uris.EnumerateObject().Select(property => property.Name));
        Assert.Equal(uris.GetProperty("statusQueryGetUri").GetString(), start.Headers.Location?.OriginalString);

        var body = await EndedAsync(collection, id);

        Assert.Equal(["instanceId", key, "runtimeStatus", "createdAt", "lastUpdatedAt", "duration", "input", "progress", "output", "error"], body.EnumerateObject().Select(property => property.Name));
        Assert.Equal((id, "001"), (body.GetProperty("instanceId").GetString(), body.GetProperty(key).GetString()));
        Assert.Equal(3, body.GetProperty("input").GetProperty("retry").GetProperty("maxAttempts").GetInt32());
        var progress = body.GetProperty("progress");
        var steps = progress.GetProperty("steps");
        Assert.True(JsonElement.DeepEquals(progress.GetProperty(item), steps[steps.GetArrayLength() - 1].GetProperty("output")), $"{progress}");
        Assert.All(steps.EnumerateArray(), step => Assert.Equal("001", step.GetProperty("output").GetProperty("Case").GetString()));
    }

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task Start_Waiting_AnswersWithTheEnd(string collection, string item, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{collection}?instanceId={Host.NewId(item)}") { Content = Json(Body) };
        request.Headers.Add("Prefer", "wait=30");

        using var response = await Host.Api.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("001", (await BodyAsync(response)).GetProperty(key).GetString());
    }

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task Start_WrongBody_IsRefusedAndStartsNothing(string collection, string body, string said)
    {
        var id = Host.NewId("refused");

        Assert.Contains(said, await RefusedAsync(await Host.Api.PostAsync($"/api/{collection}?instanceId={id}", Json(body)), HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await RefusedAsync(await Host.Api.GetAsync($"/api/{collection}/{id}"), HttpStatusCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task Start_OtherwiseWrong_IsRefused(string collection, string item, string key)
    {
        using var content = new StringContent(Body);
        Assert.Contains("Content-Type: application/json", await RefusedAsync(await Host.Api.PostAsync($"/api/{collection}", content), HttpStatusCode.UnsupportedMediaType), StringComparison.Ordinal);
        await RefusedAsync(await Host.Api.PostAsync($"/api/{collection}", Json(Body.PadRight(64 * 1024 + 1))), HttpStatusCode.RequestEntityTooLarge);
        Assert.Contains("'@'", await RefusedAsync(await Host.Api.PostAsync($"/api/{collection}?instanceId=@{item}-{key}", Json(Body)), HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task Start_TakenId_ConflictsWhateverHasIt(string collection, string item, string key)
    {
        var id = await EndAsync("cases", key);

        Assert.Contains($"a {item}", await RefusedAsync(await Host.Api.PostAsync($"/api/{collection}?instanceId={id}", Json(Body)), HttpStatusCode.Conflict), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task AnyCall_UnknownId_IsNotFound(string collection, string item, string key)
    {
        var path = $"/api/{collection}/{Host.NewId(key)}";

        Assert.Contains(item, await RefusedAsync(await Host.Api.GetAsync(path), HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains(item, await RefusedAsync(await Host.Api.DeleteAsync(path), HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains(item, await RefusedAsync(await Host.Api.PostAsync(path + "/terminate", null), HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCall_IdOfAnotherCollection_IsNotFound()
    {
        var id = await EndAsync("tickets", "other");

        await RefusedAsync(await Host.Api.GetAsync($"/api/cases/{id}"), HttpStatusCode.NotFound);
        await RefusedAsync(await Host.Api.DeleteAsync($"/api/cases/{id}"), HttpStatusCode.NotFound);
        await RefusedAsync(await Host.Api.PostAsync($"/api/cases/{id}/terminate", null), HttpStatusCode.NotFound);
        await RefusedAsync(await AnswerAsync(id, """{"resolved":true}"""), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Answer_WorkflowThatWaitsForNothing_IsNotFound() =>
        await RefusedAsync(await Host.Api.PostAsync($"/api/tickets/{await EndAsync("tickets", "work")}/work", Json("""{"resolved":true}""")), HttpStatusCode.NotFound);

    [Theory]
    [InlineData("PUT", "/api/tickets", "POST")]
    [InlineData("PATCH", "/api/tickets/a", "DELETE")]
    [InlineData("GET", "/api/tickets/a/terminate", "POST")]
    [InlineData("POST", "/api/workflows", "GET")]
    public async Task AnyCall_WrongMethod_NamesTheRightOnes(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Host.Api.SendAsync(request);

        Assert.Contains(allowed, response.Content.Headers.Allow);
        await RefusedAsync(response, HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task Ended_TerminateAndDelete_AreAnsweredInTurn(string collection, string item, string key)
    {
        var path = $"/api/{collection}/{await EndAsync(collection, item + key)}";

        await RefusedAsync(await Host.Api.PostAsync(path + "/terminate", null), HttpStatusCode.Gone);
        using (var deleted = await Host.Api.DeleteAsync(path))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await RefusedAsync(await Host.Api.GetAsync(path), HttpStatusCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task Get_Unchanged_IsNotSentAgain(string collection, string item, string key)
    {
        var path = $"/api/{collection}/{await EndAsync(collection, item + key)}";
        using var first = await Host.Api.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await Host.Api.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task List_OfEachCollection_HoldsItsOwnAlone()
    {
        var name = $"own{Guid.NewGuid():N}"[..12];
        var ids = new Dictionary<string, string> { ["cases"] = await EndAsync("cases", name), ["tickets"] = await EndAsync("tickets", name) };
        var prefix = ids["cases"][..(ids["cases"].LastIndexOf('-') + 1)];

        foreach (var (collection, key) in new[] { ("cases", "caseId"), ("tickets", "ticketId") })
        {
            var page = await UntilAsync(() => ReadAsync($"/api/{collection}?prefix={prefix}"), page => page.GetProperty(collection).GetArrayLength() > 0);
            var item = Assert.Single(page.GetProperty(collection).EnumerateArray());
            Assert.Equal((ids[collection], "001"), (item.GetProperty("instanceId").GetString(), item.GetProperty(key).GetString()));
            Assert.Equal(
                ["instanceId", key, "runtimeStatus", "createdAt", "lastUpdatedAt", "duration", "state", "attempt", "waitingFor", "deadline", "error"],
                item.EnumerateObject().Select(property => property.Name));
        }
    }

    [Theory]
    [MemberData(nameof(WrongLists))]
    public async Task List_WrongParameter_IsRefused(string collection, string query, string said) =>
        Assert.Contains(said, await RefusedAsync(await Host.Api.GetAsync($"/api/{collection}?{query}"), HttpStatusCode.BadRequest), StringComparison.Ordinal);

    /// <summary>Each case for each collection.</summary>
    private static TheoryData<string, string, string> Of(params (string Given, string Said)[] cases)
    {
        var data = new TheoryData<string, string, string>();
        foreach (var collection in (string[])["cases", "tickets"])
        {
            foreach (var (given, said) in cases)
                data.Add(collection, given, said);
        }
        return data;
    }

    /// <summary>Starts one and sees it to its end; gives its id.</summary>
    private async Task<string> EndAsync(string collection, string name)
    {
        var id = Host.NewId(name);
        using (var start = await Host.Api.PostAsync($"/api/{collection}?instanceId={id}", Json(Body)))
            Assert.Equal(HttpStatusCode.Accepted, start.StatusCode);
        await EndedAsync(collection, id);
        return id;
    }

    private Task<JsonElement> EndedAsync(string collection, string id) =>
        UntilAsync(() => ReadAsync($"/api/{collection}/{id}"), body => body.GetProperty("runtimeStatus").GetString() is "Completed" or "Failed");

    private async Task<JsonElement> ReadAsync(string path)
    {
        using var response = await Host.Api.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await BodyAsync(response);
    }
}
