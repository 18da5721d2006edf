using CallCenter.Api.Host;
using CallCenter.Api.Http;
using CallCenter.Api.Instances;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Routing;

/// <summary>Every call of the contract, as data: the API, the OpenAPI document and the tests go by this table.</summary>
public static class ApiRoutes
{
    private const string Root = "/api";

    /// <summary>The routes of a host.</summary>
    /// <param name="options">What it serves.</param>
    public static IReadOnlyList<ApiRoute> Of(ApiOptions options) =>
        [.. options.Workflows.SelectMany(served => OfWorkflow(served, options)), .. OfHost(options)];

    private static IEnumerable<ApiRoute> OfWorkflow(ServedWorkflow served, ApiOptions options)
    {
        var workflow = served.Workflow;
        var (one, item) = (workflow.One(), Words.Capitalized(workflow.Item));
        var (all, single) = ($"{Root}/{workflow.Collection}", $"{Root}/{workflow.Collection}/{{id}}");

        ApiRoute Route(string method, string template, string operation, string summary, Func<Call, Task<ApiResponse>> answer) =>
            new(method, template, operation, summary) { Handler = (request, client, id) => answer(new Call(request, client, served, id)) };

        yield return Route("POST", all, $"Start{item}", $"Start {one}", call => StartCall.StartAsync(call, options));
        yield return Route("GET", all, $"List{Words.Capitalized(workflow.Collection)}", $"List {workflow.Collection}", call => ReadCalls.ListAsync(call, options.List));
        if (options.Figures is { } figures)
        {
            // Before the instances: none is called so.
            yield return Route("GET", $"{all}/{FiguresCall.Path}", $"Get{item}Figures", $"Read how the last hour of {workflow.Collection} was",
                call => Task.FromResult(FiguresCall.Get(call.Request, figures(call.Workflow.Name))));
        }
        yield return Route("GET", single, $"Get{item}", $"Read {one}", ReadCalls.GetAsync);
        yield return Route("DELETE", single, $"Delete{item}", $"Remove {one} that has ended", ChangeCalls.DeleteAsync);
        foreach (var expected in served.Events)
        {
            yield return Route("POST", $"{single}/{expected.Definition.Path}", served.OperationOf(expected),
                $"Answer {one} that waits for {expected.Definition.From}",
                call => new AnswerCall(call, expected, options.Clock).AnswerAsync());
        }
        yield return Route("POST", $"{single}/terminate", $"Terminate{item}", $"End {one} now", ChangeCalls.TerminateAsync);
    }

    private static IEnumerable<ApiRoute> OfHost(ApiOptions options)
    {
        ApiRoute Route(string template, string operation, string summary, Func<ApiRequest, string, ApiResponse> answer) =>
            new("GET", template, operation, summary) { Handler = (request, _, name) => Task.FromResult(answer(request, name)) };

        yield return Route($"{Root}/workflow", "GetWorkflow", "Read the first workflow as data",
            (request, _) => WorkflowCalls.First(request, options.Workflows));
        yield return Route($"{Root}/workflows", "ListWorkflows", "List the workflows", (request, _) => WorkflowCalls.List(request, options));
        yield return Route($"{Root}/workflows/{{collection}}", "GetWorkflowByCollection", "Read a workflow as data",
            (request, name) => WorkflowCalls.Get(request, name, options));
        yield return new("GET", $"{Root}/health", "GetHealth", "Check the host's health")
        {
            Handler = (_, client, _) => HostInformation.HealthAsync(options, client),
        };
        yield return new("GET", HostInformation.LivePath, "GetLive", "Check whether the host is running")
        {
            Handler = (_, _, _) => Task.FromResult(HostInformation.Live()),
        };
        yield return new("GET", HostInformation.ReadyPath, "GetReady", "Check whether the host accepts work")
        {
            Handler = (_, client, _) => HostInformation.ReadyAsync(options, client),
        };
        yield return Route("/openapi.json", "GetOpenApi", "Read this contract as an OpenAPI document",
            (request, _) => EntityTag.Answer(request, ApiResponse.JsonType, options.OpenApi));
    }
}
