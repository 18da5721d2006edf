using System.Text;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Settings;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Api;

public sealed class StartCaseTests
{
    private readonly ApiHarness _api = new();

    [Fact]
    public async Task Start_SmallestBody_StartsWithDefaults()
    {
        _api.Options = _api.Options with
        {
            Workflows = [new ServedWorkflow(TestWorkflows.CallCenter(), new SettingsReader(name => name == "CallCenter:MaxAttempts" ? "7" : null))],
        };

        var response = await _api.PostAsync("/api/cases", """{"inputCaseID":"001"}""");

        Assert.Equal(202, response.Status);
        Assert.Equal("10", response.Header("Retry-After"));
        Assert.Equal("http://localhost:7071/runtime/webhooks/durabletask/instances/generated", response.Header("Location"));
        var (name, input, id) = Assert.Single(_api.Client.Started);
        Assert.Equal(("CallCenterOrchestrator", null), (name, id));
        Assert.Equal(new CaseInput { InputCaseId = "001", MaxAttempts = 7 }, input);
    }

    [Fact]
    public async Task Start_ManagementUrisKept_GivesTheIdAndItsAddressHere()
    {
        _api.Options = _api.Options with { ManagementUris = false, StatusUri = (_, _) => throw new InvalidOperationException("Nobody may ask.") };

        var response = await _api.PostAsync("/api/cases?instanceId=a%20b", """{"inputCaseID":"001"}""");

        Assert.Equal((202, """{"id":"a b"}"""), (response.Status, response.Json().GetRawText()));
        Assert.Equal(("10", "http://localhost:7071/api/cases/a%20b"), (response.Header("Retry-After"), response.Header("Location")));
    }

    [Fact]
    public async Task Start_AllOptions_TakesThem()
    {
        await _api.PostAsync("/api/cases", """
            {"inputCaseID":"x","workMode":"agent","agentDeadlineSeconds":60,"onEscalation":"workAgain","maxAttempts":2,
             "retry":{"maxAttempts":1,"firstDelaySeconds":0.5,"backoff":1.5}}
            """);

        Assert.Equal(new CaseInput
        {
            InputCaseId = "x",
            WorkMode = WorkMode.Agent,
            AgentDeadlineSeconds = 60,
            OnEscalation = OnEscalation.WorkAgain,
            MaxAttempts = 2,
            Retry = new RetryOptions { MaxAttempts = 1, FirstDelaySeconds = 0.5, Backoff = 1.5 },
        }, Assert.Single(_api.Client.Started).Input);
    }

    [Fact]
    public async Task Start_PartOfRetry_KeepsTheDefaultsOfTheRest()
    {
        await _api.PostAsync("/api/cases", """{"inputCaseID":"x","retry":{"backoff":3}}""");

        Assert.Equal(new RetryOptions { Backoff = 3 }, Assert.Single(_api.Client.Started).Input.Retry);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("Ünïcødé ✓ 😀")]
    [InlineData("it's \"quoted\" <b>&amp;")]
    public async Task Start_OwnInstanceId_DecodesItOnce(string id)
    {
        var response = await _api.PostAsync($"/api/cases?instanceId={Uri.EscapeDataString(id)}&code=secret", """{"inputCaseID":"001"}""");

        Assert.Equal(id, Assert.Single(_api.Client.Started).Id);
        Assert.Equal(id, response.Json().GetProperty("id").GetString());
        Assert.EndsWith("/" + Uri.EscapeDataString(id), response.Header("Location"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ExistingInstanceId_Conflicts()
    {
        _api.Client.Add("taken");

        Assert.Contains("'taken'", (await _api.PostAsync("/api/cases?instanceId=taken", """{"inputCaseID":"001"}""")).Refuses(409), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON; charset=\"UTF-8\"")]
    [InlineData("application/vnd.case+json")]
    public async Task Start_JsonContentType_IsTaken(string? contentType)
    {
        (string, string)[] headers = contentType is null ? [] : [("Content-Type", contentType)];

        Assert.Equal(202, (await _api.PostAsync("/api/cases", "\uFEFF{\"inputCaseID\":\"001\"}", headers)).Status);
    }

    [Fact]
    public async Task Start_WaitAndEnded_AnswersWithTheCase()
    {
        _api.Client.Awaited = id => _api.Client.Add(id, state => state with { RuntimeStatus = OrchestrationRuntimeStatus.Completed });

        var response = await _api.PostAsync("/api/cases", """{"inputCaseID":"001"}""", ("Prefer", "respond-async, wait=99"));

        Assert.Equal(200, response.Status);
        Assert.Equal("wait=30", response.Header("Preference-Applied"));
        Assert.Equal("Completed", response.Json().GetProperty("runtimeStatus").GetString());
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.Single(_api.Client.Waits));
    }

    [Fact]
    public async Task Start_WaitAndNotEnded_AnswersAsWithout()
    {
        var response = await _api.PostAsync("/api/cases", """{"inputCaseID":"001"}""", ("Prefer", "wait=1"));

        Assert.Equal(202, response.Status);
        Assert.Null(response.Header("Preference-Applied"));
    }

    [Fact]
    public async Task Start_CallerGoesWhileWaiting_KeepsTheCase()
    {
        using var gone = new CancellationTokenSource();
        _api.Client.Awaited = _ =>
        {
            gone.Cancel();
            throw new OperationCanceledException(gone.Token);
        };

        var response = await _api.SendAsync(
            "POST", "/api/cases", Encoding.UTF8.GetBytes("""{"inputCaseID":"001"}"""), [("Prefer", "wait=1")], cancellation: gone.Token);

        Assert.Equal(202, response.Status);
        Assert.Single(_api.Client.Started);
        Assert.Empty(_api.Client.Terminated);
    }

    [Fact]
    public async Task Start_WaitingFails_StillSaysThatTheCaseIsStarted()
    {
        _api.Client.Awaited = _ => throw new OrchestrationUnavailableException("Later.", TimeSpan.FromSeconds(1));

        Assert.Equal(202, (await _api.PostAsync("/api/cases", """{"inputCaseID":"001"}""", ("Prefer", "wait=1"))).Status);
        Assert.Single(_api.Errors);
    }
}
