using System.Text.Json;
using CallCenter.Api;
using CallCenter.Api.Routing;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Api;

/// <summary>Holds the OpenAPI document to the code. That every answer is in it is checked wherever a test gets one (<see cref="DocumentedAnswers"/>).</summary>
public sealed class OpenApiTests
{
    private static readonly JsonElement Document = DocumentedAnswers.Document;

    [Fact]
    public void Document_Paths_AreTheRoutes()
    {
        var documented = from path in Document.GetProperty("paths").EnumerateObject()
                         from operation in path.Value.EnumerateObject()
                         where operation.Name != "parameters"
                         select (operation.Name.ToUpperInvariant(), path.Name, operation.Value.GetProperty("operationId").GetString(), operation.Value.GetProperty("summary").GetString());

        Assert.Equal(
            ApiRoutes.All.Select(route => (route.Method, route.Template, route.OperationId, route.Summary)).Order(),
            documented.Select(row => (row.Item1, row.Name, row.Item3!, row.Item4!)).Order());
    }

    [Fact]
    public void Document_References_LeadSomewhere()
    {
        var references = References(Document).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(
            reference.Split('/').Skip(1).Aggregate((JsonElement?)Document, (at, name) => at is { } here && here.TryGetProperty(name, out var next) ? next : null) is not null,
            reference));
    }

    [Fact]
    public void Document_Limits_AreTheLimitsOfACase()
    {
        var input = Schema("CaseInput");
        var (retry, answer) = (input.GetProperty("retry").GetProperty("properties"), Schema("CaseWorked"));

        Assert.Equal(CaseLimits.CaseIdLength, input.GetProperty("inputCaseID").GetProperty("maxLength").GetInt32());
        Assert.Equal(CaseLimits.AgentLength, answer.GetProperty("agent").GetProperty("maxLength").GetInt32());
        Assert.Equal(CaseLimits.NoteLength, answer.GetProperty("note").GetProperty("maxLength").GetInt32());
        Assert.Equal(CaseLimits.MaxAttempts, Range(answer.GetProperty("attempt")));
        Assert.Equal(CaseLimits.MaxAttempts, Range(input.GetProperty("maxAttempts")));
        Assert.Equal(CaseLimits.AgentDeadlineSeconds, Range(input.GetProperty("agentDeadlineSeconds")));
        Assert.Equal(CaseLimits.RetryMaxAttempts, Range(retry.GetProperty("maxAttempts")));
        Assert.Equal(CaseLimits.RetryFirstDelaySeconds, Range(retry.GetProperty("firstDelaySeconds")));
        Assert.Equal(CaseLimits.RetryBackoff, Range(retry.GetProperty("backoff")));
    }

    [Fact]
    public void Document_Properties_AreThoseOfTheModel()
    {
        Assert.Equal(Names(JsonSerializer.SerializeToElement(CaseDefaults.BuiltIn)), Names(Schema("CaseInput")));
        Assert.Equal(Enum.GetNames<OrchestrationRuntimeStatus>(), Document.GetProperty("components").GetProperty("schemas").GetProperty("RuntimeStatus").GetProperty("enum").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task OpenApi_Get_IsTheDocument()
    {
        var response = await new ApiHarness().GetAsync("/openapi.json");

        Assert.Equal("3.1.0", response.Json().GetProperty("openapi").GetString());
    }

    private static JsonElement Schema(string name) => Document.GetProperty("components").GetProperty("schemas").GetProperty(name).GetProperty("properties");

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal);

    private static (double Min, double Max) Range(JsonElement schema) => (schema.GetProperty("minimum").GetDouble(), schema.GetProperty("maximum").GetDouble());

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => property.NameEquals("$ref") ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
