using CallCenter.Api.Host;
using CallCenter.Api.Http;
using CallCenter.Api.Instances;
using CallCenter.Api.OpenApi;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Seams;

namespace CallCenter.Api;

/// <summary>What a host tells the API about itself.</summary>
public sealed record ApiOptions
{
    private readonly long _began = TimeProvider.System.GetTimestamp();

    /// <summary>The name of the host, as <c>/api/health</c> gives it (<c>standalone</c>, <c>functions</c>).</summary>
    public required string HostName { get; init; }

    /// <summary>The workflows that it runs; <c>GET /api/workflow</c> shows the first.</summary>
    public required IReadOnlyList<ServedWorkflow> Workflows
    {
        get;
        init => field = Distinct(value);
    }

    /// <summary>
    /// The status URI of an instance in the host's management API, as the caller of the request can reach it. All other URIs
    /// of the check-status body are made from it.
    /// </summary>
    public Func<ApiRequest, string, string> StatusUri { get; init; } = (request, instanceId) => ManagementUri(request, instanceId);

    /// <summary>
    /// How the last hour of an orchestration was, by its name, from counts that cost the runtime nothing; null where it keeps none.
    /// Then there is no such call.
    /// </summary>
    public Func<string, OrchestrationFigures>? Figures { get; init; }

    /// <summary>What the lists of the runtime can do.</summary>
    public ListCapabilities List
    {
        get => field with { Figures = Figures is not null };
        init;
    } = ListCapabilities.All;

    /// <summary>The clock that waiting goes by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// How the host is; <see cref="OrchestrationUnavailableException"/> where it can do nothing at all.
    /// </summary>
    public Func<IOrchestrationClient, Task<HostHealth>> Health { get; init; } = _ => Task.FromResult(HostHealth.Ok);

    /// <summary>How long the host has been there.</summary>
    internal TimeSpan Uptime => TimeProvider.System.GetElapsedTime(_began);

    /// <summary>Whether the answer to a start holds the URIs of the management API, whose key may open more than the contract does.</summary>
    public bool ManagementUris { get; init; } = true;

    /// <summary>
    /// The refusal of a request whose body could not be read through its caller's own fault (bad chunks, too slow), as the host's
    /// exceptions tell it; null for every other exception.
    /// </summary>
    public Func<Exception, ApiResponse?> CallersFault { get; init; } = error => error is UnreadableBodyException ? UnreadableBodyException.Refusal() : null;

    /// <summary>Told of every exception that nobody expected, to log it. The caller only learns that there was one.</summary>
    public Action<Exception, ApiRequest>? OnError { get; init; }

    /// <summary>The status URI on a host that serves the management API beside this one.</summary>
    /// <param name="request">The request, whose base URI is used.</param>
    /// <param name="instanceId">The instance id.</param>
    /// <param name="key">The key that this caller has shown, if any: the URIs must allow no more than the caller may do.</param>
    public static string ManagementUri(ApiRequest request, string instanceId, string? key = null) =>
        $"{request.BaseUri}/runtime/webhooks/durabletask/instances/{Uri.EscapeDataString(instanceId)}"
        + (key is null ? "" : $"?code={Uri.EscapeDataString(key)}");

    /// <summary>What is answered when a request ended with an exception: refusals are thrown, and nothing else should be.</summary>
    internal ApiResponse RefusalOf(Exception error, ApiRequest request)
    {
        switch (error)
        {
            case RefusedException refused:
                return refused.Response;
            case OrchestrationUnavailableException unavailable:
                var seconds = Math.Max(1, (int)Math.Ceiling(unavailable.RetryAfter.TotalSeconds));
                return Problem.Of(503, unavailable.Message).With("Retry-After", $"{seconds}");
            case var fault when CallersFault(fault) is { } refusal:
                return refusal;
            case OperationCanceledException or IOException when request.Cancellation.IsCancellationRequested:
                // The caller has gone, and nobody reads this; or the host stops, and it may be tried again.
                return Problem.Of(503, "The request was cancelled before it was answered. Try again.").With("Retry-After", "1");
            default:
                OnError?.Invoke(error, request);
                return Problem.Of(500, "Something went wrong in the host; its log says what. Trying again may help.");
        }
    }

    /// <summary>The contract as an OpenAPI document, UTF-8 JSON.</summary>
    internal byte[] OpenApi => field ??= OpenApiDocument.Of(Workflows, Figures is not null);

    private static IReadOnlyList<ServedWorkflow> Distinct(IReadOnlyList<ServedWorkflow> workflows)
    {
        var collections = new HashSet<string>(["workflow", "workflows", "health"], StringComparer.OrdinalIgnoreCase);
        // By its item a workflow's operations and components are named in the OpenAPI document, beside the host's own.
        var items = new HashSet<string>(
            ["workflow", "workflowByCollection", "health", "live", "ready", "openApi", "checkStatus", "runtimeStatus", "error", "problem"], StringComparer.OrdinalIgnoreCase);
        foreach (var workflow in workflows.Select(served => served.Workflow))
        {
            if (!collections.Add(workflow.Collection))
                throw new ArgumentException(
                    $"The collection '{workflow.Collection}' of the workflow {workflow.Name} is taken. Give it another name: override Collection.");
            if (!items.Add(workflow.Item))
                throw new ArgumentException($"The item '{workflow.Item}' of the workflow {workflow.Name} is taken. Give it another name: override Item.");
        }
        return workflows.Count > 0 ? workflows : throw new ArgumentException("A host serves at least one workflow.");
    }
}
