using System.Text.Json;
using CallCenter.Api;
using CallCenter.Api.Host;
using CallCenter.Api.Routing;

namespace CallCenter.Tests.Api;

/// <summary>Holds answers to the OpenAPI document: its status and content type must be written there for the call.</summary>
internal static class DocumentedAnswers
{
    public static JsonElement Document { get; } = JsonDocument.Parse(OpenApiDocument.Of(TestWorkflows.Served)).RootElement;

    public static IReadOnlyList<ApiRoute> Routes { get; } = ApiRoutes.Of(new ApiOptions { HostName = "test", Workflows = TestWorkflows.Served });

    /// <summary>Checks an answer to a call of the table; unknown paths and methods (404, 405) stand outside the document.</summary>
    public static void Check(string method, string path, int status, string? contentType)
    {
        if (RouteOf(method, path) is not { } route)
        {
            Assert.True(status is 404 or 405 or 401 or 403, $"{method} {path} is in no route and was answered {status}.");
            return;
        }
        var responses = Operation(route).GetProperty("responses");
        Assert.True(responses.TryGetProperty($"{status}", out var response), $"{method} {route.Template} answered {status}, which the OpenAPI document does not know.");
        if (Resolve(response).TryGetProperty("content", out var content) && contentType is not null)
            Assert.Contains(contentType.Split(';')[0], content.EnumerateObject().Select(type => type.Name));
    }

    public static JsonElement Operation(ApiRoute route) => Document.GetProperty("paths").GetProperty(route.Template).GetProperty(route.Method.ToLowerInvariant());

    public static JsonElement Resolve(JsonElement element)
    {
        if (!element.TryGetProperty("$ref", out var reference))
            return element;
        return reference.GetString()!.Split('/').Skip(1).Aggregate(Document, (at, name) => at.GetProperty(name));
    }

    private static ApiRoute? RouteOf(string method, string path) => Routes.FirstOrDefault(route =>
    {
        var (template, given) = (route.Template.Split('/'), path.TrimEnd('/').Split('/'));
        return route.Method == (method == "HEAD" ? "GET" : method)
            && template.Length == given.Length
            && template.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    });
}
