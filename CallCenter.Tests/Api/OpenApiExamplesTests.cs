using CallCenter.Api.Http;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Api;

/// <summary>Every status that the OpenAPI document promises is given by some request: nothing in it is made up.</summary>
public sealed class OpenApiExamplesTests
{
    private const string Case = """{"inputCaseID":"001"}""";
    private const string Answer = """{"resolved":true}""";

    /// <summary>What a host answers before the API is asked, and what nobody can ask for.</summary>
    private static readonly int[] NotOfTheApi = [401, 403, 500];

    /// <summary>There is no API yet; see Hosting/StartingTests.</summary>
    private static readonly (string, int)[] WhileStarting = [("GetHealth", 503), ("GetReady", 503)];

    private static readonly DocumentedAnswers Documented = new([TestWorkflows.Served[0]]);

    private static readonly (string Operation, string Method, string Target, string? Body, (string, string)[] Headers)[] Examples =
    [
        ("StartCase", "POST", "/api/cases", Case, []),
        ("StartCase", "POST", "/api/cases?instanceId=new", Case, [("Prefer", "wait=1")]),
        ("StartCase", "POST", "/api/cases", "{}", []),
        ("StartCase", "POST", "/api/cases?instanceId=ended", Case, []),
        ("StartCase", "POST", "/api/cases", new string(' ', 65_537), []),
        ("StartCase", "POST", "/api/cases", Case, [("Content-Type", "text/plain")]),
        ("ListCases", "GET", "/api/cases", null, []),
        ("ListCases", "GET", "/api/cases", null, [("If-None-Match", "*")]),
        ("ListCases", "GET", "/api/cases?top=0", null, []),
        ("GetCaseFigures", "GET", "/api/cases/figures", null, []),
        ("GetCaseFigures", "GET", "/api/cases/figures", null, [("If-None-Match", "*")]),
        ("GetCase", "GET", "/api/cases/waiting", null, []),
        ("GetCase", "GET", "/api/cases/waiting", null, [("If-None-Match", "*")]),
        ("GetCase", "GET", "/api/cases/none", null, []),
        ("DeleteCase", "DELETE", "/api/cases/ended", null, []),
        ("DeleteCase", "DELETE", "/api/cases/waiting", null, []),
        ("DeleteCase", "DELETE", "/api/cases/none", null, []),
        ("AnswerCase", "POST", "/api/cases/waiting/work", Answer, []),
        ("AnswerCase", "POST", "/api/cases/waiting/work", "{}", []),
        ("AnswerCase", "POST", "/api/cases/none/work", Answer, []),
        ("AnswerCase", "POST", "/api/cases/waiting/work", """{"resolved":true,"attempt":2}""", []),
        ("AnswerCase", "POST", "/api/cases/ended/work", Answer, []),
        ("AnswerCase", "POST", "/api/cases/waiting/work", new string(' ', 65_537), []),
        ("AnswerCase", "POST", "/api/cases/waiting/work", Answer, [("Content-Type", "text/plain")]),
        ("TerminateCase", "POST", "/api/cases/waiting/terminate", null, []),
        ("TerminateCase", "POST", "/api/cases/waiting/terminate?reason=" + new string('x', 1025), null, []),
        ("TerminateCase", "POST", "/api/cases/none/terminate", null, []),
        ("TerminateCase", "POST", "/api/cases/ended/terminate", null, []),
        ("GetWorkflow", "GET", "/api/workflow", null, []),
        ("GetWorkflow", "GET", "/api/workflow", null, [("If-None-Match", "*")]),
        ("GetWorkflow", "GET", "/api/workflow?format=png", null, []),
        ("ListWorkflows", "GET", "/api/workflows", null, []),
        ("ListWorkflows", "GET", "/api/workflows", null, [("If-None-Match", "*")]),
        ("GetWorkflowByCollection", "GET", "/api/workflows/cases", null, []),
        ("GetWorkflowByCollection", "GET", "/api/workflows/cases", null, [("If-None-Match", "*")]),
        ("GetWorkflowByCollection", "GET", "/api/workflows/cases?format=png", null, []),
        ("GetWorkflowByCollection", "GET", "/api/workflows/none", null, []),
        ("GetHealth", "GET", "/api/health", null, []),
        ("GetLive", "GET", "/livez", null, []),
        ("GetReady", "GET", "/readyz", null, []),
        ("GetOpenApi", "GET", "/openapi.json", null, []),
        ("GetOpenApi", "GET", "/openapi.json", null, [("If-None-Match", "*")]),
    ];

    [Fact]
    public async Task Document_EveryStatus_IsGivenBySomeRequest()
    {
        var given = new SortedSet<(string, int)>();
        foreach (var (operation, method, target, body, headers) in Examples)
        {
            var api = Api();
            given.Add((operation, (await SendAsync(api, method, target, body, headers)).Status));
            // The same for a case that moves meanwhile, and while the runtime takes no work.
            api = Api();
            api.Client.Answer = OrchestrationAnswer.WrongState;
            given.Add((operation, (await SendAsync(api, method, target, body, headers)).Status));
            api.Client.Throws = new OrchestrationUnavailableException("Later.", TimeSpan.FromSeconds(1));
            given.Add((operation, (await SendAsync(api, method, target, body, headers)).Status));
        }

        Assert.Equal(Promised(), given);
    }

    private static IEnumerable<(string, int)> Promised() =>
        (from route in Documented.Routes
         from response in Documented.Operation(route).GetProperty("responses").EnumerateObject()
         let status = int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture)
         where !NotOfTheApi.Contains(status) && !WhileStarting.Contains((route.OperationId, status))
         select (route.OperationId, status)).Order();

    private static Task<ApiResponse> SendAsync(ApiHarness api, string method, string target, string? body, (string, string)[] headers) =>
        api.SendAsync(method, target, body is null ? null : System.Text.Encoding.UTF8.GetBytes(body), headers);

    private static ApiHarness Api()
    {
        var api = new ApiHarness();
        api.Options = api.Options with { Figures = ApiHarness.NoFigures };
        api.Client.Add("waiting", state => state with { CustomStatus = """{"state":"Work on Case","attempt":1,"waitingFor":"CaseWorked"}""" });
        api.Client.Add("ended", state => state with { RuntimeStatus = OrchestrationRuntimeStatus.Completed });
        api.Client.Awaited = id => api.Client.Instances[id] with { RuntimeStatus = OrchestrationRuntimeStatus.Completed };
        return api;
    }
}
