using CallCenter.Api.Http;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.Routing;

/// <summary>One call of the contract.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path; <c>{id}</c> stands for an instance id, <c>{collection}</c> for a workflow's.</param>
/// <param name="OperationId">Its name, in the OpenAPI document too.</param>
/// <param name="Summary">What it does.</param>
public sealed record ApiRoute(string Method, string Template, string OperationId, string Summary)
{
    /// <summary>The parts of the path.</summary>
    internal string[] Segments { get; } = Template.Split('/')[1..];

    /// <summary>Answers the call. The text is what stands in the path for the part in braces.</summary>
    internal Func<ApiRequest, IOrchestrationClient, string, Task<ApiResponse>> Handler { get; init; } =
        (_, _, _) => throw new InvalidOperationException("The route has no handler.");
}
