using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Api;
using CallCenter.Api.Routing;
using CallCenter.Api.Workflows;
using CallCenter.Durable;
using CallCenter.Durable.Seams;
using CallCenter.Functions.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Functions.Tests.Build;

/// <summary>What the host reads of the built app: every function, route, method and authorization level.</summary>
public sealed class MetadataTests
{
    private static readonly IReadOnlyList<ServedWorkflow> Served = [.. App.Services().GetServices<ServedWorkflow>()];

    private static readonly IReadOnlyList<ApiRoute> Routes = ApiRoutes.Of(new ApiOptions { HostName = "test", Workflows = Served });

    public static TheoryData<string, string> Calls
    {
        get
        {
            var calls = new TheoryData<string, string>();
            foreach (var route in Routes)
                calls.Add(route.Method, route.Template);
            return calls;
        }
    }

    private static string[] NamesWith(string trigger) => [.. AppFunction.With(trigger).Select(function => function.Name)];

    [Fact]
    public void Functions_Names_AreDistinctToTheHost() =>
        Assert.Equal(AppFunction.All.Count, AppFunction.All.Select(function => function.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void Workflows_OrchestrationsAndActivities_HaveAFunctionEach()
    {
        var registered = new Registered();
        foreach (var served in Served)
            served.Workflow.Register(registered);

        Assert.Equal(Served.Select(served => served.Workflow.Name).Order(StringComparer.Ordinal), registered.Orchestrations.Order(StringComparer.Ordinal));
        Assert.Equal(registered.Orchestrations.Order(StringComparer.Ordinal), NamesWith("orchestrationTrigger").Order(StringComparer.Ordinal));
        Assert.Equal(registered.Activities.Order(StringComparer.Ordinal), NamesWith("activityTrigger").Order(StringComparer.Ordinal));
        Assert.Subset(registered.Activities.ToHashSet(), Served.SelectMany(served => ActivitiesOf(served.Workflow)).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void HttpFunctions_EveryCallOfTheContract_IsAnsweredAndWantsAKey(string method, string template)
    {
        string[] methods = method == "GET" ? ["GET", "HEAD"] : [method];
        foreach (var sent in methods)
        {
            var function = AppFunction.Answering(sent, template.Replace("{id}", "i", StringComparison.Ordinal).Replace("{collection}", "cases", StringComparison.Ordinal));

            Assert.NotNull(function);
            Assert.Equal(template is "/openapi.json" or "/api/health" or "/livez" or "/readyz" ? "Anonymous" : "Function", function.Level);
        }
    }

    [Fact]
    public void HttpFunctions_OfAWorkflow_AreItsCallsByNameMethodAndRoute()
    {
        var own = AppFunction.With("httpTrigger").Where(function => function.Name is not (HostFunctions.Console or HostFunctions.Rest or HostFunctions.StepFunctions or "GetHealth" or "GetLive" or "GetOpenApi" or "GetReady"));

        Assert.NotEmpty(own);
        Assert.All(own, function => Assert.Contains(Routes, route => route.OperationId == function.Name
            && route.Template[1..] == function.Route && function.Methods is [var method] && method.Equals(route.Method, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(Served.Select(served => $"api/{served.Workflow.Collection}").Order(), own.Select(function => function.Route).Order());
    }

    [Theory]
    [InlineData("POST", "/api")]
    [InlineData("GET", "/api/nothing")]
    [InlineData("PUT", "/api/cases")]
    [InlineData("DELETE", "/api/cases/i/j/k")]
    [InlineData("POST", "/api/health")]
    [InlineData("GET", "/api/health/more")]
    public void HttpFunctions_AnyOtherPathOrMethod_ComesToTheCatchAll(string method, string path) =>
        Assert.Equal((HostFunctions.Rest, "Function"), AppFunction.Answering(method, path) is { } function ? (function.Name, function.Level) : default);

    [Theory]
    [InlineData("POST", "/aws")]
    [InlineData("POST", "/aws/")]
    [InlineData("GET", "/aws/more")]
    public void HttpFunctions_CallsOfTheStepFunctionsApi_ComeToOneFunction(string method, string path) =>
        Assert.Equal(HostFunctions.StepFunctions, AppFunction.Answering(method, path)?.Name);

    [Fact]
    public void HttpFunctions_OpenToAll_AreTheOnesWithoutData() =>
        Assert.Equal([HostFunctions.Console, "GetHealth", "GetLive", "GetOpenApi", "GetReady", HostFunctions.StepFunctions], AppFunction.With("httpTrigger").Where(function => function.Level != "Function").Select(function => function.Name));

    [Fact]
    public void HttpFunctions_CatchAll_HasTheLastNameOfAll()
    {
        // The host tries them in this order, and the first whose route fits wins.
        Assert.Equal(HostFunctions.Rest, NamesWith("httpTrigger").Order(StringComparer.Ordinal).Last());
        Assert.Equal(HostFunctions.Rest, NamesWith("httpTrigger").Order(StringComparer.OrdinalIgnoreCase).Last());
    }

    [Fact]
    public void HttpFunctions_WithAClient_UseTheDefaultHub()
    {
        foreach (var client in AppFunction.All.Select(function => function.Binding("durableClient")).OfType<JsonElement>())
            Assert.False(client.TryGetProperty("taskHub", out _), "A hub named on a binding would not follow host.json.");
    }

    private static IEnumerable<string> ActivitiesOf(IWorkflow workflow) => workflow.Definition.States.Select(state => state.Activity).OfType<string>();

    /// <summary>What the workflows tell a runtime that finds their code by name.</summary>
    private sealed class Registered : IWorkflowRegistry
    {
        public List<string> Orchestrations { get; } = [];

        public List<string> Activities { get; } = [];

        public void AddOrchestration<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run) => Orchestrations.Add(name);

        public void AddActivity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> run) => Activities.Add(name);

        public void AddJson(IJsonTypeInfoResolver json)
        {
        }
    }
}
