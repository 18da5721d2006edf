using CallCenter.Api.Instances;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Api;

public sealed class ListCasesTests
{
    private readonly ApiHarness _api = new();

    [Fact]
    public async Task List_NoQuery_AsksForTheNewestFifty()
    {
        await _api.GetAsync("/api/cases?status=&prefix=&from=&to=&continuationToken=&code=x");

        var query = Assert.Single(_api.Client.Queries);
        Assert.Equal(("CallCenterOrchestrator", 50), (query.Name, query.Top));
        Assert.Empty(query.Statuses);
        Assert.Equal((null, null, null, null), (query.InstanceIdPrefix, query.CreatedFrom, query.CreatedTo, query.ContinuationToken));
    }

    [Fact]
    public async Task List_AllParameters_AreRead()
    {
        await _api.GetAsync("/api/cases?status=running,%20Failed&status=Completed&prefix=a%20b&from=2026-01-31&to=2026-01-31T10:00:00+02:00&top=1000&continuationToken=t%3D%20");

        var query = Assert.Single(_api.Client.Queries);
        Assert.Equal([OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed], query.Statuses.Order());
        Assert.Equal("a b", query.InstanceIdPrefix);
        Assert.Equal(new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc), query.CreatedFrom);
        Assert.Equal(new DateTime(2026, 1, 31, 8, 0, 0, DateTimeKind.Utc), query.CreatedTo);
        Assert.Equal(DateTimeKind.Utc, query.CreatedTo!.Value.Kind);
        Assert.Equal((1000, "t= "), (query.Top, query.ContinuationToken));
    }

    [Fact]
    public async Task List_WhatIsSearched_IsReadWithoutBlanksAndCase()
    {
        await _api.GetAsync("/api/cases?search=Ab%20%C3%BC&caseId=+00%091&waiting=True&order=Longest");

        var query = Assert.Single(_api.Client.Queries);
        Assert.Equal(("ABÜ", "001", true, OrchestrationOrder.Longest), (query.Search, query.Key, query.Waiting, query.Order));
    }

    [Fact]
    public async Task List_NothingSearched_AsksForNoLook()
    {
        await _api.GetAsync("/api/cases?search=+&caseId=&waiting=false&order=");

        var query = Assert.Single(_api.Client.Queries);
        Assert.Equal((null, null, false, OrchestrationOrder.Newest, null), (query.Search, query.Key, query.Waiting, query.Order, query.Fits));
    }

    [Theory]
    [InlineData("search=0 01", true)]
    [InlineData("search=-X", true)]
    [InlineData("search=02", false)]
    [InlineData("caseId=0", true)]
    [InlineData("caseId=x", false)]
    [InlineData("waiting=true", true)]
    [InlineData("waiting=true&search=y", false)]
    public async Task List_Look_TellsWhatFits(string query, bool fits)
    {
        var waiting = _api.Client.Add("c-x", state => state with { CustomStatus = """{"waitingFor":"CaseWorked"}""" });
        var ended = _api.Client.Add("c-x", state => state with { CustomStatus = waiting.CustomStatus, RuntimeStatus = OrchestrationRuntimeStatus.Completed });

        await _api.GetAsync("/api/cases?" + query);

        var look = Assert.Single(_api.Client.Queries).Fits!;
        Assert.Equal(fits, look(waiting));
        Assert.Equal(fits && !query.Contains("waiting", StringComparison.Ordinal), look(ended));
    }

    [Theory]
    [InlineData("order=deadline", "cannot list cases in the order 'deadline'")]
    [InlineData("order=oldest", "It knows: newest.")]
    public async Task List_OrderThatTheHostCannot_IsRefusedWithTheReason(string query, string said)
    {
        _api.Options = _api.Options with { List = ListCapabilities.PageByPage };

        Assert.Contains(said, (await _api.GetAsync("/api/cases?" + query)).Refuses(400), StringComparison.Ordinal);
        Assert.Equal(200, (await _api.GetAsync("/api/cases?order=newest&search=x&waiting=true")).Status);
    }

    [Theory]
    [InlineData("search")]
    [InlineData("caseId")]
    public async Task List_SearchThatTheHostCannot_IsRefused(string name)
    {
        _api.Options = _api.Options with { List = ListCapabilities.PageByPage with { Search = false } };

        Assert.Contains("no index", (await _api.GetAsync($"/api/cases?{name}=x")).Refuses(400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Unchanged_IsNotSentAgain()
    {
        var first = await _api.GetAsync("/api/cases");
        var tag = first.Header("ETag")!;

        var again = await _api.GetAsync("/api/cases", ("If-None-Match", tag));
        _api.Client.Page = new OrchestrationPage([_api.Client.Add("a")], null);
        var changed = await _api.GetAsync("/api/cases", ("If-None-Match", tag));

        Assert.StartsWith("\"", tag, StringComparison.Ordinal);
        Assert.Equal((304, 0, tag), (again.Status, again.Body.Length, again.Header("ETag")));
        Assert.Equal(200, changed.Status);
        Assert.NotEqual(tag, changed.Header("ETag"));
    }

    [Theory]
    [InlineData("status=Runing", "Did you mean 'Running'?")]
    [InlineData("status=0", "The known ones are: Running, Completed, Failed, Terminated, Pending, Suspended")]
    [InlineData("status=Canceled", "'Canceled' is not a status")]
    [InlineData("from=yesterday", "'from' is 'yesterday'")]
    [InlineData("to=31.1.2026", "ISO 8601")]
    [InlineData("to=2026-02-30", "ISO 8601")]
    [InlineData("from=2026-02-01&to=2026-01-31", "'to' is before 'from'")]
    [InlineData("order=newst", "Did you mean 'newest'? The known ones are: newest, oldest, longest, shortest, deadline.")]
    [InlineData("order=1", "'1' is not an order")]
    [InlineData("waiting=yes", "'waiting' is 'yes'")]
    [InlineData("top=0", "from 1 to 1000")]
    [InlineData("top=1001", "from 1 to 1000")]
    [InlineData("top=-1", "from 1 to 1000")]
    [InlineData("top=ten", "from 1 to 1000")]
    public async Task List_WrongParameter_SaysWhat(string query, string said)
    {
        Assert.Contains(said, (await _api.GetAsync("/api/cases?" + query)).Refuses(400), StringComparison.Ordinal);
        Assert.Empty(_api.Client.Queries);
    }

    [Fact]
    public async Task List_ForeignToken_IsRefused()
    {
        _api.Client.Throws = new InvalidContinuationTokenException();

        var response = await _api.GetAsync("/api/cases?continuationToken=x");

        response.Refuses(400);
        Assert.Equal("continuationToken", response.Json().GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task List_Page_ShowsWhatAListNeeds()
    {
        var waiting = _api.Client.Add("a", state => state with { CustomStatus = """{"state":"Work on Case","attempt":2,"waitingFor":"CaseWorked","deadline":"2026-01-31T09:00:00Z"}""" });
        var failed = _api.Client.Add("b", state => state with
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Failed,
            Input = null,
            CustomStatus = """{"state":"Fail","attempt":1,"waitingFor":"CaseWorked","case":{"Case":"002","Message":""}}""",
            Failure = new ErrorDetails("T", new string('m', 400)),
        });
        _api.Client.Page = new OrchestrationPage([waiting, failed], "next", new Dictionary<OrchestrationRuntimeStatus, long> { [OrchestrationRuntimeStatus.Running] = 7 })
        {
            Total = 9,
            Waiting = new WaitingCounts(3, 1),
        };

        var body = (await _api.GetAsync("/api/cases")).Json();

        Assert.Equal("next", body.GetProperty("continuationToken").GetString());
        Assert.Equal("9 3 1", string.Join(' ', new[] { "total", "waiting", "overdue" }.Select(name => body.GetProperty(name).GetInt64())));
        Assert.Equal(7, body.GetProperty("counts").GetProperty("Running").GetInt64());
        Assert.Equal(
            """{"instanceId":"a","caseId":"001","runtimeStatus":"Running","createdAt":"2026-01-31T08:30:00Z","lastUpdatedAt":"2026-01-31T08:31:00Z","duration":null,"state":"Work on Case","attempt":2,"waitingFor":"CaseWorked","deadline":"2026-01-31T09:00:00Z","error":null}""",
            body.GetProperty("cases")[0].GetRawText());
        var second = body.GetProperty("cases")[1];
        Assert.Equal(("002", 300), (second.GetProperty("caseId").GetString(), second.GetProperty("error").GetProperty("message").GetString()!.Length));
        Assert.Equal(60, second.GetProperty("duration").GetDouble());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("waitingFor").ValueKind);
    }

    [Theory]
    [InlineData("Failed", """ "timedOut":true """, "Nobody decided in time")]
    [InlineData("Completed", """ "timedOut":true """, "Nobody decided in time")]
    [InlineData("Failed", """ "agent":"Ada","answerId":"1","note":"hung up" """, "Not resolved (Ada): hung up")]
    [InlineData("Failed", """ "note":"hung up" """, "Not resolved: hung up")]
    [InlineData("Failed", """ "agent":"Ada","note":7 """, "Not resolved (Ada)")]
    [InlineData("Failed", """ "error":{"type":"IOException","message":"the line is dead"} """, "the line is dead")]
    [InlineData("Failed", """ "answerId":"1" """, "Not resolved")]
    [InlineData("Failed", """ "timedOut":"true" """, null)]
    [InlineData("Completed", """ "agent":"Ada" """, null)]
    [InlineData("Terminated", """ "timedOut":true """, null)]
    [InlineData("Running", """ "timedOut":true """, null)]
    public async Task List_HowItCameToItsEnd_IsTheOutcome(string status, string shown, string? outcome)
    {
        var ended = Ended(Enum.Parse<OrchestrationRuntimeStatus>(status), "CallCenter.Workflow.CaseEscalatedException",
            $$"""{"state":"Work on Case","attempt":1,"endedAt":"2026-01-31T08:30:10Z","changed":{"Status":0},{{shown}}}""");
        _api.Client.Page = new OrchestrationPage([ended], null);

        var item = (await _api.GetAsync("/api/cases")).Json().GetProperty("cases")[0];

        Assert.Equal(outcome, item.TryGetProperty("outcome", out var said) ? said.GetString() : null);
    }

    [Fact]
    public async Task List_FailedAtSomethingElse_HasNoOutcome()
    {
        var ended = Ended(OrchestrationRuntimeStatus.Failed, "SmtpException",
            """{"state":"Work on Case","attempt":1,"endedAt":"2026-01-31T08:30:10Z","changed":{"Status":0},"timedOut":true}""");
        _api.Client.Page = new OrchestrationPage([ended], null);

        Assert.False((await _api.GetAsync("/api/cases")).Json().GetProperty("cases")[0].TryGetProperty("outcome", out _));
    }

    [Fact]
    public async Task List_SeveralAttempts_TheOutcomeIsThatOfTheLast()
    {
        var ended = Ended(OrchestrationRuntimeStatus.Failed, "CallCenter.Workflow.CaseEscalatedException",
            """{"state":"Work on Case","attempt":1,"endedAt":"2026-01-31T08:30:10Z","changed":{"Status":0},"timedOut":true}""",
            """{"state":"Escalate Case","attempt":1,"endedAt":"2026-01-31T08:30:11Z","changed":{"Message":"x"}}""",
            """{"state":"Work on Case","attempt":2,"endedAt":"2026-01-31T08:30:12Z","changed":{"Status":0},"note":"no"}""",
            """{"state":"Escalate Case","attempt":2,"endedAt":"2026-01-31T08:30:13Z","changed":{"Message":"x"}}""");
        _api.Client.Page = new OrchestrationPage([ended], null);

        Assert.Equal("Not resolved: no", (await _api.GetAsync("/api/cases")).Json().GetProperty("cases")[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task List_Ended_HasItsDurationWithoutTheTimeThatItLayFailed()
    {
        var ended = _api.Client.Add("a", state => state with { RuntimeStatus = OrchestrationRuntimeStatus.Completed, LastUpdatedAt = state.CreatedAt.AddMilliseconds(90_250) });
        var rewound = _api.Client.Add("b", _ => ended with { InstanceId = "b", LayFailed = TimeSpan.FromSeconds(80) });
        _api.Client.Page = new OrchestrationPage([ended, rewound], null);

        var items = (await _api.GetAsync("/api/cases")).Json().GetProperty("cases").EnumerateArray();

        Assert.Equal([90.25, 10.25], items.Select(item => item.GetProperty("duration").GetDouble()));
        Assert.Equal(10.25, (await _api.GetAsync("/api/cases/b")).Json().GetProperty("duration").GetDouble());
    }

    private OrchestrationState Ended(OrchestrationRuntimeStatus status, string error, params string[] steps) => _api.Client.Add("a", state => state with
    {
        RuntimeStatus = status,
        CustomStatus = $$"""
            {"state":"Fail","attempt":1,"waitingFor":null,"case":{"Case":"001","Status":0,"Message":"x"},
            "error":{{(status == OrchestrationRuntimeStatus.Failed ? $$"""{"type":"{{error}}","message":"m"}""" : "null")}},
            "steps":[{{string.Join(',', steps)}}]}
            """,
    });

    [Fact]
    public async Task List_EmptyWithoutCounts_HasNone() =>
        Assert.Equal("""{"cases":[],"continuationToken":null,"total":null,"waiting":null,"overdue":null}""", (await _api.GetAsync("/api/cases")).Json().GetRawText());
}
