using System.Text.Json;
using CallCenter.Api.Routing;
using CallCenter.Functions.Http;
using CallCenter.Tests.Api;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Functions.Tests.Build;

/// <summary>What the host reads of the built app: every function, route, method and authorization level.</summary>
public sealed class MetadataTests
{
    private static readonly JsonElement[] Functions = [.. Repository.Json(Repository.AppOutput, "functions.metadata").EnumerateArray()];

    private static string NameOf(JsonElement function) => function.GetProperty("name").GetString()!;

    private static JsonElement? Binding(JsonElement function, string type) =>
        function.GetProperty("bindings").EnumerateArray().Cast<JsonElement?>().FirstOrDefault(binding => binding!.Value.GetProperty("type").GetString() == type);

    private static string[] NamesWith(string trigger) => [.. Functions.Where(function => Binding(function, trigger) is not null).Select(NameOf).Order(StringComparer.Ordinal)];

    [Fact]
    public void Functions_OfEveryKind_AreTheDesigns()
    {
        Assert.Equal([CallCenterWorkflow.Name], NamesWith("orchestrationTrigger"));
        Assert.Equal(["AssignCase", "CloseCase", "EscalateCase", "OpenCase", "WorkOnCase"], NamesWith("activityTrigger"));
        Assert.Equal(
            ApiRoutes.All.Select(route => route.OperationId).Append(HostFunctions.Console).Append(HostFunctions.UnknownPath).Order(StringComparer.Ordinal),
            NamesWith("httpTrigger"));
        Assert.Equal(Functions.Length, NamesWith("orchestrationTrigger").Length + NamesWith("activityTrigger").Length + NamesWith("httpTrigger").Length);
    }

    [Fact]
    public void HttpFunctions_RoutesMethodsAndKeys_AreTheContracts()
    {
        var expected = ApiRoutes.All.Select(route => (route.OperationId, Methods(route), route.Template[1..], Level(route)))
            .Append((HostFunctions.Console, "*", "console/{*path}", "Anonymous"))
            .Append((HostFunctions.UnknownPath, "*", "api/{*rest}", "Function"));

        Assert.Equal(expected.Order(), Functions.Where(function => Binding(function, "httpTrigger") is not null).Select(Http).Order());

        static string Methods(ApiRoute route) => route.OperationId == ApiRoutes.GetOpenApi ? "*" : route.Method == "GET" ? "get,head" : route.Method.ToLowerInvariant();
        static string Level(ApiRoute route) => route.OperationId == ApiRoutes.GetOpenApi ? "Anonymous" : "Function";
    }

    [Fact]
    public void HttpFunctions_CatchAll_HasTheLastNameOfAll()
    {
        // The host tries them in this order, and the first whose route fits wins.
        Assert.Equal(HostFunctions.UnknownPath, NamesWith("httpTrigger")[^1]);
        Assert.Equal(HostFunctions.UnknownPath, NamesWith("httpTrigger").Order(StringComparer.OrdinalIgnoreCase).Last());
    }

    [Fact]
    public void HttpFunctions_WithAClient_UseTheDefaultHub()
    {
        foreach (var client in Functions.Select(function => Binding(function, "durableClient")).OfType<JsonElement>())
            Assert.False(client.TryGetProperty("taskHub", out _), "A hub named on a binding would not follow host.json.");
    }

    private static (string Name, string Methods, string Route, string Level) Http(JsonElement function)
    {
        var trigger = Binding(function, "httpTrigger")!.Value;
        var methods = trigger.TryGetProperty("methods", out var given) ? string.Join(',', given.EnumerateArray().Select(method => method.GetString())) : "*";
        return (NameOf(function), methods, trigger.GetProperty("route").GetString()!, trigger.GetProperty("authLevel").GetString()!);
    }
}
