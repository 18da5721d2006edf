using System.Text;
using CallCenter.Api;
using CallCenter.Api.Host;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Api;

public sealed class HostInformationTests
{
    private readonly ApiHarness _api = new();

    [Fact]
    public async Task Health_Host_SaysHowItIs()
    {
        _api.Options = _api.Options with { Health = _ => Task.FromResult(new HostHealth("diskFull")) };

        var body = (await _api.GetAsync("/api/health")).Json();

        Assert.Equal(["status", "host", "version", "uptimeSeconds"], body.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("diskFull", "test", ProductVersion.Number), (body.GetProperty("status").GetString(), body.GetProperty("host").GetString(), body.GetProperty("version").GetString()));
        Assert.InRange(body.GetProperty("uptimeSeconds").GetInt64(), 0, 600);
    }

    [Fact]
    public async Task Health_HostThatKnowsMore_SaysIt()
    {
        var since = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        _api.Options = _api.Options with
        {
            Health = _ => Task.FromResult(HostHealth.Ok with { Backlog = 3, Waiting = 2, OldestWaiting = since, FreeBytes = 12_345_678_901 }),
        };

        Assert.EndsWith(
            ""","backlog":3,"waiting":2,"oldestWaiting":"2026-01-02T03:04:05Z","disk":{"freeBytes":12345678901}}""",
            (await _api.GetAsync("/api/health")).Json().GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 200, "ok")]
    [InlineData(false, 503, "read-only")]
    public async Task Ready_Host_SaysWhetherItTakesWork(bool isReady, int status, string word)
    {
        _api.Options = _api.Options with { Health = _ => Task.FromResult(new HostHealth("read-only") { IsReady = isReady }) };

        var ready = await _api.GetAsync("/readyz");
        var live = await _api.GetAsync("/livez");

        Assert.Equal((status, $$"""{"status":"{{word}}"}"""), (ready.Status, ready.Json().GetRawText()));
        Assert.Equal(isReady ? null : "5", ready.Header("Retry-After"));
        Assert.Equal((200, """{"status":"ok"}"""), (live.Status, live.Json().GetRawText()));
    }

    [Fact]
    public async Task Ready_HostThatCanDoNothing_Is503AndLives()
    {
        _api.Options = _api.Options with { Health = _ => throw new OrchestrationUnavailableException("No storage.", TimeSpan.FromSeconds(5)) };

        Assert.Equal(503, (await _api.GetAsync("/readyz")).Status);
        Assert.Equal(200, (await _api.GetAsync("/livez")).Status);
    }

    [Fact]
    public async Task Health_HostThatCanDoNothing_Is503()
    {
        _api.Options = _api.Options with { Health = _ => throw new OrchestrationUnavailableException("No storage.", TimeSpan.FromSeconds(5)) };

        var response = await _api.GetAsync("/api/health");

        Assert.Equal("No storage.", response.Refuses(503));
        Assert.Equal("5", response.Header("Retry-After"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?format=")]
    [InlineData("?format=JSON")]
    public async Task Workflow_Json_IsTheDefinitionWithoutNulls(string query)
    {
        var body = (await _api.GetAsync("/api/workflow" + query)).Json();

        Assert.Equal(TestWorkflows.CallCenter().Definition.Transitions.Count, body.GetProperty("transitions").GetArrayLength());
        Assert.DoesNotContain("null", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workflow_Asl_IsAStateMachine()
    {
        var response = await _api.GetAsync("/api/workflow?format=asl");

        Assert.Equal("application/json; charset=utf-8", response.ContentType);
        Assert.Equal("Open Case", response.Json().GetProperty("StartAt").GetString());
    }

    [Fact]
    public async Task Workflow_Mermaid_IsPlainText()
    {
        var response = await _api.GetAsync("/api/workflow?format=mermaid");

        Assert.Equal("text/plain; charset=utf-8", response.ContentType);
        Assert.StartsWith("stateDiagram-v2", Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workflow_OtherFormat_NamesThoseThereAre() =>
        Assert.Contains("json, asl, mermaid", (await _api.GetAsync("/api/workflow?format=svg")).Refuses(400), StringComparison.Ordinal);
}
