using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract;

/// <summary>GET /api/workflows, and one of them.</summary>
public sealed class WorkflowContractTests(ContractHost host) : ContractTests(host)
{
    [Fact]
    public async Task Workflows_List_DescribesEach()
    {
        using var response = await Host.Api.GetAsync("/api/workflows");

        var workflows = (await BodyAsync(response)).GetProperty("workflows").EnumerateArray().ToList();
        Assert.Equal(["cases", "tickets"], workflows.Select(workflow => workflow.GetProperty("collection").GetString()));
        Assert.All(workflows, workflow => Assert.Equal(
            ["name", "collection", "item", "key", "input", "events", "list", "definition"], workflow.EnumerateObject().Select(property => property.Name)));
        var (cases, tickets) = (workflows[0], workflows[1]);
        Assert.Equal("""{"name":"ticketId","title":"Ticket id","input":"inputCaseID"}""", tickets.GetProperty("key").GetRawText());
        Assert.Equal(("SupportTicketOrchestrator", "ticket", 0), (tickets.GetProperty("name").GetString(), tickets.GetProperty("item").GetString(), tickets.GetProperty("events").GetArrayLength()));
        Assert.Equal("inputCaseID", Assert.Single(tickets.GetProperty("input").GetProperty("required").EnumerateArray()).GetString());
        Assert.Equal(("CaseWorked", "work"), (Event(cases, "name"), Event(cases, "path")));
    }

    [Theory]
    [InlineData("/api/workflows/tickets", "application/json", "\"name\":\"SupportTicketOrchestrator\"")]
    [InlineData("/api/workflows/Tickets?format=json", "application/json", "\"startAt\":\"Open Case\"")]
    [InlineData("/api/workflows/tickets?format=asl", "application/json", "TicketSendEmail")]
    [InlineData("/api/workflows/tickets?format=mermaid", "text/plain", "state \"Send Email\" as SendEmail")]
    [InlineData("/api/workflows/cases?format=mermaid", "text/plain", "state \"Work on Case\" as WorkonCase")]
    public async Task Workflow_Format_IsGiven(string path, string contentType, string part)
    {
        using var response = await Host.Api.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, contentType), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains(part, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workflow_Unknown_NamesTheNearest() =>
        Assert.Contains("Did you mean 'tickets'?", await RefusedAsync(await Host.Api.GetAsync("/api/workflows/ticket"), HttpStatusCode.NotFound), StringComparison.Ordinal);

    [Fact]
    public async Task Workflow_OtherFormat_IsRefused() =>
        Assert.Contains("asl", await RefusedAsync(await Host.Api.GetAsync("/api/workflows/tickets?format=png"), HttpStatusCode.BadRequest), StringComparison.Ordinal);

    private static string? Event(JsonElement workflow, string member) => Assert.Single(workflow.GetProperty("events").EnumerateArray()).GetProperty(member).GetString();
}
