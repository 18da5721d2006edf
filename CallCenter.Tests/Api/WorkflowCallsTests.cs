using CallCenter.Api;
using CallCenter.Api.Instances;
using CallCenter.Api.Workflows;
using CallCenter.Durable;

namespace CallCenter.Tests.Api;

/// <summary>The calls that read the workflows, of a host that serves several.</summary>
public sealed class WorkflowCallsTests
{
    private readonly ApiHarness _api = new(TestWorkflows.CallCenter(), new OrderWorkflow(), new MemoWorkflow());

    [Fact]
    public async Task Workflows_List_DescribesAll()
    {
        var all = (await _api.GetAsync("/api/workflows")).Json().GetProperty("workflows").EnumerateArray().ToArray();

        Assert.Equal(["cases", "orders", "memos"], all.Select(one => one.GetProperty("collection").GetString()));
        Assert.Equal((await _api.GetAsync("/api/workflows/orders")).Json().GetRawText(), all[1].GetRawText());
    }

    [Fact]
    public async Task Workflow_WithEvent_SaysHowToAnswer()
    {
        var order = (await _api.GetAsync("/api/workflows/ORDERS")).Json();

        Assert.Equal("OrderOrchestrator order null", $"{order.GetProperty("name")} {order.GetProperty("item")} {order.GetProperty("key").GetRawText()}");
        var expected = Assert.Single(order.GetProperty("events").EnumerateArray());
        Assert.Equal(
            ["OrderApproved", "approval", "a manager", "Approve"],
            new[] { "name", "path", "from", "state" }.Select(name => expected.GetProperty(name).GetString()));
        Assert.Equal(["approved", "attempt", "manager"], expected.GetProperty("schema").GetProperty("properties").EnumerateObject().Select(member => member.Name));
        Assert.Equal(["article"], order.GetProperty("input").GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("Approve", order.GetProperty("definition").GetProperty("startAt").GetString());
    }

    [Fact]
    public async Task Workflow_WithKey_NamesIt()
    {
        var memo = (await _api.GetAsync("/api/workflows/memos")).Json();

        Assert.Equal("""{"name":"about","title":"About","input":"subject"}""", memo.GetProperty("key").GetRawText());
        Assert.Empty(memo.GetProperty("events").EnumerateArray());
    }

    [Fact]
    public async Task Workflow_List_SaysWhatTheHostCanDo()
    {
        async Task<string> ListAsync() => (await _api.GetAsync("/api/workflows/memos")).Json().GetProperty("list").GetRawText();

        Assert.Equal("""{"orders":["newest","oldest","longest","shortest","deadline"],"search":true,"total":true,"figures":false}""", await ListAsync());
        _api.Options = _api.Options with { List = ListCapabilities.PageByPage };
        Assert.Equal("""{"orders":["newest"],"search":true,"total":false,"figures":false}""", await ListAsync());
    }

    [Theory]
    [InlineData("asl", "application/json; charset=utf-8")]
    [InlineData("Mermaid", "text/plain; charset=utf-8")]
    public async Task Workflow_Format_IsOfThisWorkflow(string format, string contentType)
    {
        var response = await _api.GetAsync("/api/workflows/orders?format=" + format);

        Assert.Equal(contentType, response.ContentType);
        Assert.Contains("Approve", System.Text.Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workflow_OtherFormat_NamesThoseThereAre() =>
        Assert.Contains("json, asl, mermaid", (await _api.GetAsync("/api/workflows/orders?format=svg")).Refuses(400), StringComparison.Ordinal);

    [Fact]
    public async Task Workflow_OtherCollection_NamesThoseThereAre() =>
        Assert.Contains("cases, orders, memos", (await _api.GetAsync("/api/workflows/nothing")).Refuses(404), StringComparison.Ordinal);

    [Theory]
    [InlineData("/api/workflows")]
    [InlineData("/api/workflows/orders")]
    [InlineData("/api/workflows/orders?format=mermaid")]
    public async Task Workflows_KnownTag_AreNotSentAgain(string path)
    {
        var tag = (await _api.GetAsync(path)).Header("ETag");

        Assert.Equal(304, (await _api.GetAsync(path, ("If-None-Match", tag!))).Status);
    }

    [Fact]
    public async Task Workflow_First_IsTheFirst() =>
        Assert.Equal("CallCenterOrchestrator", (await _api.GetAsync("/api/workflow")).Json().GetProperty("name").GetString());

    [Theory]
    [InlineData("workflow")]
    [InlineData("Workflows")]
    [InlineData("health")]
    [InlineData("Orders")]
    public void Options_CollectionTaken_AreRefused(string collection) =>
        Assert.Contains($"'{collection}'", Refusal(new OrderWorkflow(), new MemoWorkflow(collection: collection)), StringComparison.Ordinal);

    [Theory]
    [InlineData("health")]
    [InlineData("problem")]
    [InlineData("Order")]
    public void Options_ItemTaken_AreRefused(string item) =>
        Assert.Contains($"'{item}'", Refusal(new OrderWorkflow(), new MemoWorkflow(item)), StringComparison.Ordinal);

    [Fact]
    public void Options_NoWorkflow_AreRefused() => Assert.Contains("at least one", Refusal(), StringComparison.Ordinal);

    private static string Refusal(params IWorkflow[] workflows) => Assert.Throws<ArgumentException>(
        () => new ApiOptions { HostName = "test", Workflows = [.. workflows.Select(workflow => new ServedWorkflow(workflow))] }).Message;
}
