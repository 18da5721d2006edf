using System.Text;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Api;

public sealed class HostInformationTests
{
    private readonly ApiHarness _api = new();

    [Fact]
    public async Task Health_Host_SaysHowItIs()
    {
        _api.Options = _api.Options with { Health = _ => Task.FromResult("diskFull") };

        Assert.Equal("""{"status":"diskFull","host":"test"}""", (await _api.GetAsync("/api/health")).Json().GetRawText());
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
