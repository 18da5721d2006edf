using System.Text;
using System.Text.Json;
using CallCenter.Api;
using CallCenter.Api.Http;
using CallCenter.Api.Workflows;
using CallCenter.Durable;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Api;

/// <summary>The API over a fake runtime. Every answer is held to what the OpenAPI document says of its call.</summary>
internal sealed class ApiHarness
{
    public FakeClient Client { get; } = new();

    public List<Exception> Errors { get; } = [];

    public ApiOptions Options { get; set; }

    /// <summary>Figures of a runtime in which nothing has happened.</summary>
    public static Func<string, OrchestrationFigures> NoFigures { get; } = _ => new(default, [], default, [], 0, null);

    private readonly DocumentedAnswers _documented;

    public ApiHarness()
        : this(TestWorkflows.Served, DocumentedAnswers.Program)
    {
    }

    public ApiHarness(params IWorkflow[] workflows)
        : this([.. workflows.Select(workflow => new ServedWorkflow(workflow))])
    {
    }

    private ApiHarness(ServedWorkflow[] workflows)
        : this(workflows, new DocumentedAnswers(workflows))
    {
    }

    private ApiHarness(IReadOnlyList<ServedWorkflow> workflows, DocumentedAnswers documented)
    {
        _documented = documented;
        Options = new ApiOptions { HostName = "test", Workflows = workflows, OnError = (error, _) => Errors.Add(error) };
    }

    public Task<ApiResponse> GetAsync(string target, params (string Name, string Value)[] headers) => SendAsync("GET", target, null, headers);

    public Task<ApiResponse> PostAsync(string target, string? body, params (string Name, string Value)[] headers) =>
        SendAsync("POST", target, body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    public async Task<ApiResponse> SendAsync(
        string method, string target, byte[]? body, (string Name, string Value)[] headers, bool lengthKnown = true, CancellationToken cancellation = default)
    {
        var parts = target.Split('?', 2);
        var response = await new CallCenterApi(Options).HandleAsync(new ApiRequest
        {
            Method = method,
            Path = parts[0],
            Query = parts.Length > 1 ? "?" + parts[1] : "",
            Header = name => headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value,
            Body = new MemoryStream(body ?? []),
            ContentLength = lengthKnown ? body?.Length ?? 0 : null,
            BaseUri = "http://localhost:7071",
            Cancellation = cancellation,
        }, Client);
        _documented.Check(method, parts[0], response.Status, response.ContentType);
        return response;
    }
}

internal static class ApiResponses
{
    public static JsonElement Json(this ApiResponse response)
    {
        using var document = JsonDocument.Parse(response.Body);
        return document.RootElement.Clone();
    }

    public static string Detail(this ApiResponse response) => response.Json().GetProperty("detail").GetString()!;

    /// <summary>Asserts a whole refusal, and gives its detail.</summary>
    public static string Refuses(this ApiResponse response, int status)
    {
        Assert.Equal(status, response.Status);
        Assert.Equal(Problem.ContentType, response.ContentType);
        var problem = response.Json();
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal("about:blank", problem.GetProperty("type").GetString());
        Assert.NotEqual("Error", problem.GetProperty("title").GetString());
        return problem.GetProperty("detail").GetString()!;
    }
}
