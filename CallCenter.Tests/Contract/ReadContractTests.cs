using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract;

/// <summary>Reading one case again, the process, the host's health and the document.</summary>
public sealed class ReadContractTests(ContractHost host) : ContractTests(host)
{
    [Fact]
    public async Task Get_UnchangedCase_IsNotSentAgain()
    {
        var id = await StartWaitingAsync("etag");
        using var first = await Host.Api.GetAsync(Case(id));
        var tag = Assert.IsType<System.Net.Http.Headers.EntityTagHeaderValue>(first.Headers.ETag);
        Assert.False(tag.IsWeak);

        using var again = await ConditionalAsync(Case(id), tag.Tag);
        Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length));

        (await AnswerAsync(id, """{"resolved":true}""")).Dispose();
        await UntilStatusAsync(id, "Completed");
        using var changed = await ConditionalAsync(Case(id), tag.Tag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task Get_UnknownCase_IsNotFound()
    {
        var id = Host.NewId("none");

        Assert.Contains(id, await RefusedAsync(await Host.Api.GetAsync(Case(id)), HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_Health_HasNoBody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/health");

        using var response = await Host.Api.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, 0), (response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length));
    }

    [Fact]
    public async Task Health_Host_IsWell()
    {
        using var response = await Host.Api.GetAsync("/api/health");

        var body = await BodyAsync(response);
        Assert.Equal("ok", body.GetProperty("status").GetString());
        Assert.NotEmpty(body.GetProperty("host").GetString()!);
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    public async Task Probe_WithoutAKey_IsAnswered(string path)
    {
        using var response = await Host.Given.GetAsync(new Uri(Host.Api.BaseAddress!, path));

        Assert.Equal("ok", (await BodyAsync(response)).GetProperty("status").GetString());
        using var posted = await Host.Api.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
    }

    [Fact]
    public async Task Health_WithoutAKey_IsToldByTheFunctionsHost()
    {
        using var known = await Host.Api.GetAsync("/api/health");
        using var open = await Host.Given.GetAsync(new Uri(Host.Api.BaseAddress!, "/api/health"));

        // Standalone counts it among the calls that want a key, where it has any.
        if ((await BodyAsync(known)).GetProperty("host").GetString() == "functions")
            Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        else
            Assert.Contains(open.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Unauthorized });
    }

    [Theory]
    [InlineData("", "application/json", "\"startAt\":\"Open Case\"")]
    [InlineData("?format=json", "application/json", "\"transitions\":")]
    [InlineData("?format=asl", "application/json", "\"StartAt\": \"Open Case\"")]
    [InlineData("?format=mermaid", "text/plain", "stateDiagram-v2")]
    public async Task Workflow_Format_IsGiven(string query, string contentType, string part)
    {
        using var response = await Host.Api.GetAsync("/api/workflow" + query);

        Assert.Equal((HttpStatusCode.OK, contentType), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains(part, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workflow_OtherFormat_IsRefused() =>
        Assert.Contains("asl", await RefusedAsync(await Host.Api.GetAsync("/api/workflow?format=png"), HttpStatusCode.BadRequest), StringComparison.Ordinal);

    [Fact]
    public async Task OpenApi_Document_IsServed()
    {
        using var response = await Host.Api.GetAsync("/openapi.json");

        Assert.Equal(JsonValueKind.Object, (await BodyAsync(response)).GetProperty("paths").GetProperty("/api/cases").ValueKind);
    }

    private Task<HttpResponseMessage> ConditionalAsync(string path, string tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("If-None-Match", tag);
        return Host.Api.SendAsync(request);
    }
}
