using System.Text.Json;
using CallCenter.Api;
using CallCenter.Api.OpenApi;
using CallCenter.Api.Routing;
using CallCenter.Api.Workflows;

namespace CallCenter.Tests.Api;

/// <summary>Holds answers to the OpenAPI document: its status and content type must be written there for the call.</summary>
internal sealed class DocumentedAnswers(IReadOnlyList<ServedWorkflow> workflows)
{
    /// <summary>What the program serves.</summary>
    public static DocumentedAnswers Program { get; } = new(TestWorkflows.Served);

    public JsonElement Document { get; } = JsonElement.Parse(OpenApiDocument.Of(workflows, figures: true));

    public IReadOnlyList<ApiRoute> Routes { get; } = ApiRoutes.Of(new ApiOptions { HostName = "test", Workflows = workflows, Figures = ApiHarness.NoFigures });

    public JsonElement Schemas => Document.GetProperty("components").GetProperty("schemas");

    /// <summary>Checks an answer to a call of the table; unknown paths and methods (404, 405) stand outside the document.</summary>
    public void Check(string method, string path, int status, string? contentType)
    {
        if (RouteOf(method, path) is not { } route)
        {
            Assert.True(status is 404 or 405 or 401 or 403, $"{method} {path} is in no route and was answered {status}.");
            return;
        }
        // A host that keeps no figures has no such path.
        if (status == 404 && route.Template.EndsWith("/figures", StringComparison.Ordinal))
            return;
        var responses = Operation(route).GetProperty("responses");
        Assert.True(responses.TryGetProperty($"{status}", out var response), $"{method} {route.Template} answered {status}, which the OpenAPI document does not know.");
        if (Resolve(response).TryGetProperty("content", out var content) && contentType is not null)
            Assert.Contains(contentType.Split(';')[0], content.EnumerateObject().Select(type => type.Name));
    }

    public JsonElement Operation(ApiRoute route) => Document.GetProperty("paths").GetProperty(route.Template).GetProperty(route.Method.ToLowerInvariant());

    private JsonElement Resolve(JsonElement element) => element.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(Document, (at, name) => at.GetProperty(name))
        : element;

    private ApiRoute? RouteOf(string method, string path) => Routes.FirstOrDefault(route =>
    {
        var (template, given) = (route.Template.Split('/'), path.TrimEnd('/').Split('/'));
        return route.Method == (method == "HEAD" ? "GET" : method)
            && template.Length == given.Length
            && template.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    });
}
