using System.Text.Json;
using CallCenter.Api.Workflows;

namespace CallCenter.Tests.Api;

/// <summary>The OpenAPI document of a host that serves several workflows.</summary>
public sealed class OpenApiCollectionTests
{
    private static readonly DocumentedAnswers Documented =
        new([TestWorkflows.Served[0], new ServedWorkflow(new OrderWorkflow()), new ServedWorkflow(new MemoWorkflow())]);

    [Fact]
    public void Document_Paths_AreTheRoutes() => OpenApiTests.AreTheRoutes(Documented);

    [Fact]
    public void Document_References_LeadSomewhere() => OpenApiTests.LeadSomewhere(Documented.Document);

    [Fact]
    public void Document_Tokens_AreFilledIn() => Assert.DoesNotMatch("%[A-Za-z]+%", Documented.Document.GetRawText());

    [Fact]
    public void Document_Events_HavePaths()
    {
        var paths = Documented.Document.GetProperty("paths");

        Assert.Equal(["/api/memos", "/api/memos/{id}", "/api/memos/{id}/terminate", "/api/memos/figures"], Names(paths).Where(path => path.StartsWith("/api/memos", StringComparison.Ordinal)));
        var body = paths.GetProperty("/api/orders/{id}/approval").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        Assert.Equal("""{"schema":{"$ref":"#/components/schemas/OrderApproval"},"example":{"approved":true,"attempt":1,"manager":"Ada"}}""", body.GetRawText());
    }

    [Fact]
    public void Document_Key_IsThereWhereAWorkflowHasOne()
    {
        foreach (var name in new[] { "Order", "OrderListItem" })
            Assert.Equal(["instanceId", "runtimeStatus"], Members(name).Take(2));
        foreach (var name in new[] { "Memo", "MemoListItem" })
            Assert.Equal(["instanceId", "about", "runtimeStatus"], Members(name).Take(3));
    }

    [Fact]
    public void Document_Step_ShowsTheAnswer()
    {
        Assert.Equal(["state", "startedAt", "endedAt", "attempt", "input", "output", "timedOut", "error", "manager"], Members("OrderStep"));
        Assert.Equal(["state", "startedAt", "endedAt", "attempt", "input", "output", "timedOut", "error", "agent", "note"], Members("CaseStep"));
    }

    [Fact]
    public void Document_Payload_IsTheWorkflowsOutput()
    {
        var order = Documented.Schemas.GetProperty("OrderPayload");
        Assert.Equal(["article", "from", "to"], Members("OrderPayload"));
        Assert.Equal("""["article","from"]""", order.GetProperty("required").GetRawText());
        Assert.Contains("\"$ref\":\"#/components/schemas/OrderPayload/properties/", order.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("""{"type":"string"}""", Documented.Schemas.GetProperty("MemoPayload").GetRawText());
        Assert.StartsWith(
            """{"type":"object","properties":{"Case":{"type":"string"},"Status":{"type":"integer","description":"1 resolved, 0 unresolved; absent until Work on Case."},"Message":{"type":"string"},"Assignee":{""",
            Documented.Schemas.GetProperty("SupportCase").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("""["Case","Message"]""", Documented.Schemas.GetProperty("SupportCase").GetProperty("required").GetRawText());
    }

    [Fact]
    public async Task Calls_OfEveryWorkflow_AreAnsweredAsDocumented()
    {
        var api = new ApiHarness(new OrderWorkflow(), new MemoWorkflow());

        Assert.Equal(400, (await api.PostAsync("/api/orders", "{}")).Status);
        Assert.Equal(200, (await api.GetAsync("/api/memos")).Status);
        (await api.PostAsync("/api/cases", "{}")).Refuses(404);
        Assert.Contains("no order", (await api.PostAsync("/api/orders/none/approval", """{"approved":true}""")).Refuses(404), StringComparison.Ordinal);
    }

    [Fact]
    public void Document_Choices_AreExplained() => Assert.Equal(
        "simulated: It tosses a coin. agent: The case waits for a person to decide.",
        Documented.Schemas.GetProperty("CaseInput").GetProperty("properties").GetProperty("workMode").GetProperty("description").GetString());

    private static IEnumerable<string> Members(string schema) => Names(Documented.Schemas.GetProperty(schema).GetProperty("properties"));

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
