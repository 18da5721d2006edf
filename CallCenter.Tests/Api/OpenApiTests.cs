using System.Text.Json;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Api;

/// <summary>Holds the OpenAPI document to the code. That every answer is in it is checked wherever a test gets one (<see cref="DocumentedAnswers"/>).</summary>
public sealed class OpenApiTests
{
    private static readonly JsonElement Document = DocumentedAnswers.Program.Document;

    [Fact]
    public void Document_Paths_AreTheRoutes() => AreTheRoutes(DocumentedAnswers.Program);

    internal static void AreTheRoutes(DocumentedAnswers expected)
    {
        var documented = from path in expected.Document.GetProperty("paths").EnumerateObject()
                         from operation in path.Value.EnumerateObject()
                         where operation.Name != "parameters"
                         select (operation.Name.ToUpperInvariant(), path.Name, operation.Value.GetProperty("operationId").GetString(), operation.Value.GetProperty("summary").GetString());

        Assert.Equal(
            expected.Routes.Select(route => (route.Method, route.Template, route.OperationId, route.Summary)).Order(),
            documented.Select(row => (row.Item1, row.Name, row.Item3!, row.Item4!)).Order());
    }

    [Fact]
    public void Document_References_LeadSomewhere() => LeadSomewhere(Document);

    internal static void LeadSomewhere(JsonElement document)
    {
        var references = References(document).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(
            reference.Split('/').Skip(1).Aggregate((JsonElement?)document, (at, name) => at is { } here && here.TryGetProperty(name, out var next) ? next : null) is not null,
            reference));
    }

    [Fact]
    public void Document_Limits_AreTheLimitsOfACase()
    {
        Assert.Equal(Bounds(TestWorkflows.Served[0].Input), Bounds(Schema("CaseInput")));
        Assert.Equal(Bounds(TestWorkflows.Served[0].Events[0].Schema), Bounds(Schema("CaseWorked")));
    }

    [Fact]
    public void Document_Properties_AreThoseOfTheModel()
    {
        var written = new CaseInput { InputCaseId = "", Assign = CaseAssignment.Roster, Notify = AgentNotification.Email };
        Assert.Equal(Names(JsonSerializer.SerializeToElement(written)), Names(Schema("CaseInput")));
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

    private static IEnumerable<string> Bounds(InputSchema schema) => Bounds(JsonSerializer.SerializeToElement(schema.Json).GetProperty("properties"));

    private static IEnumerable<string> Bounds(JsonElement properties) => properties.EnumerateObject().SelectMany(property =>
        property.Value.EnumerateObject().Where(bound => bound.Name is "minimum" or "maximum" or "maxLength").Select(bound => $"{property.Name} {bound.Name} {bound.Value}")
            .Concat(property.Value.TryGetProperty("properties", out var inner) ? Bounds(inner) : [])).Order();

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => property.NameEquals("$ref") ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
