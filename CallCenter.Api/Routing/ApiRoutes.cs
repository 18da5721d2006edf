namespace CallCenter.Api.Routing;

/// <summary>One call of the contract.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path; <c>{id}</c> stands for an instance id.</param>
/// <param name="OperationId">Its name, in the OpenAPI document too.</param>
/// <param name="Summary">What it does.</param>
public sealed record ApiRoute(string Method, string Template, string OperationId, string Summary)
{
    /// <summary>The parts of the path.</summary>
    internal string[] Segments { get; } = Template.Split('/')[1..];
}

/// <summary>Every call of the contract, as data: the hosts, the OpenAPI document and the tests go by this table.</summary>
public static class ApiRoutes
{
    /// <summary>Starts a case.</summary>
    public const string StartCase = "StartCase";

    /// <summary>Lists cases.</summary>
    public const string ListCases = "ListCases";

    /// <summary>Reads a case.</summary>
    public const string GetCase = "GetCase";

    /// <summary>Answers a case that waits for an agent.</summary>
    public const string AnswerCase = "AnswerCase";

    /// <summary>Ends a case.</summary>
    public const string TerminateCase = "TerminateCase";

    /// <summary>Removes a case.</summary>
    public const string DeleteCase = "DeleteCase";

    /// <summary>Reads the process.</summary>
    public const string GetWorkflow = "GetWorkflow";

    /// <summary>Reads the host's health.</summary>
    public const string GetHealth = "GetHealth";

    /// <summary>Reads the OpenAPI document.</summary>
    public const string GetOpenApi = "GetOpenApi";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("POST", "/api/cases", StartCase, "Start a case"),
        new("GET", "/api/cases", ListCases, "List cases"),
        new("GET", "/api/cases/{id}", GetCase, "Read a case"),
        new("DELETE", "/api/cases/{id}", DeleteCase, "Remove a case that has ended"),
        new("POST", "/api/cases/{id}/work", AnswerCase, "Answer a case that waits for an agent"),
        new("POST", "/api/cases/{id}/terminate", TerminateCase, "End a case now"),
        new("GET", "/api/workflow", GetWorkflow, "Read the process as data"),
        new("GET", "/api/health", GetHealth, "Ask whether the host is well"),
        new("GET", "/openapi.json", GetOpenApi, "Read this contract as an OpenAPI document"),
    ];
}
