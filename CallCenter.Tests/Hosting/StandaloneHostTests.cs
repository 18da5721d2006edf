using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Durable.Settings;
using CallCenter.Runtime.Storage;
using CallCenter.Standalone;
using CallCenter.Tests.Storage;
using Microsoft.AspNetCore.Builder;

namespace CallCenter.Tests.Hosting;

public sealed class StandaloneHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--CallCenter:ResolveProbability", "2", "CallCenter:ResolveProbability is '2'. It must be a number from 0 to 1.")]
    [InlineData("--CallCenter:MaxPending", "many", "CallCenter:MaxPending is 'many'. It must be a whole number from 1 to 100000000.")]
    [InlineData("--CallCenter:MaxConcurrentActivities", "1.5", "CallCenter:MaxConcurrentActivities is '1.5'. It must be a whole number from 1 to 10000.")]
    [InlineData("--CallCenter:MaxConcurrentActivitiesOf:WorkOnCase", "65", "CallCenter:MaxConcurrentActivitiesOf:WorkOnCase is '65'. It must be a whole number from 1 to 64.")]
    [InlineData("--CallCenter:MaxConcurrentActivitiesOf:WorkOnCas", "4", "Did you mean CallCenter:MaxConcurrentActivitiesOf:WorkOnCase?")]
    [InlineData("--CallCenter:MaxConcurrentActivitiesOf:Nonsense", "4", "The settings under CallCenter:MaxConcurrentActivitiesOf: are AssignCase, CloseCase, ")]
    [InlineData("--CallCenter:MaxConcurrentActivitiesOf", "WorkOnCase", "The setting CallCenter:MaxConcurrentActivitiesOf is not known.")]
    [InlineData("--CallCenter:Retention", "soon", "CallCenter:Retention is 'soon'. It must be a time span such as 30.00:00:00")]
    [InlineData("--CallCenter:Retention", "48:00:00", "2.00:00:00 (48 hours)")]
    [InlineData("--CallCenter:Retention", "30", "30.00:00:00 (30 days)")]
    [InlineData("--CallCenter:Retention", "00:00:00", "time span")]
    [InlineData("--CallCenter:Retention", "40000.00:00:00", "time span")]
    [InlineData("--CallCenter:ManagementUris", "no", "CallCenter:ManagementUris is 'no'. It must be one of true, false.")]
    [InlineData("--CallCenter:MaxPendingg", "5", "The setting CallCenter:MaxPendingg is not known. Did you mean CallCenter:MaxPending?")]
    [InlineData("--CallCenter:Api_Key", "secret", "Did you mean CallCenter:ApiKey?")]
    [InlineData("--CallCenter:Keys:1:Rol", "agent", "Did you mean CallCenter:Keys:0:Role?")]
    [InlineData("--CallCenter:Retry", "3", "The setting CallCenter:Retry is not known.")]
    [InlineData("--CallCenter:Xyzzyplugh", "1", "The settings under CallCenter: are ActivityTimeoutSeconds, AgentDeadlineSeconds, ApiKey")]
    [InlineData("--MaxPending", "5", "The option '--MaxPending' is not known. Did you mean --CallCenter:MaxPending?")]
    [InlineData("--CallCentre:MaxPending", "5", "Did you mean --CallCenter:MaxPending?")]
    [InlineData("--dat", "x", "Did you mean --data?")]
    [InlineData("--url", "http://127.0.0.1:0", "Did you mean --urls?")]
    [InlineData("-p", "80", "The option '-p' is not known. Write options as --name value")]
    [InlineData("--data=x", "y", "The option 'y' is not known.")]
    [InlineData("--CallCenter:WorkMode", "robot", "CallCenter:WorkMode is 'robot'. It must be one of simulated, agent")]
    [InlineData("--CallCenter:Assignments", "Data Source=:memory:", "The setting CallCenter:Assignments names a table in memory")]
    [InlineData("--CallCenter:Employees:0:Email", "kim", "The setting CallCenter:Employees:0:Id is ''. It must be 1 to 64 characters")]
    [InlineData("--CallCenter:Employees:2:Id", "kim", "There are settings under CallCenter:Employees:2, but none under CallCenter:Employees:0.")]
    [InlineData("--CallCenter:Employees:1:Emial", "kim@example.com", "Did you mean CallCenter:Employees:0:Email?")]
    [InlineData("--CallCenter:Mail:Host", "mail.example.com", "CallCenter:Mail:Host is set, but not CallCenter:Mail:From.")]
    [InlineData("--CallCenter:Mail:Tls", "Ssl", "CallCenter:Mail:Tls is 'Ssl'. It must be one of StartTls, None.")]
    [InlineData("--CallCenter:Tickets:Retry:MaxAttempts", "0", "CallCenter:Tickets:Retry:MaxAttempts is '0'.")]
    public async Task Start_SettingThatCannotBeUsed_SaysWhatItMayBe(string name, string value, string message)
    {
        var error = await Assert.ThrowsAsync<InvalidSettingException>(() => StartAsync(name, value));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Start_SettingsThatOthersRead_AreKnown()
    {
        await using var app = await StartAsync(
            "--environment", "Production", "--Logging:Console:FormatterName=simple", "--AllowedHosts", "*", "/CallCenter:Keys:17:Name", "kim", "--CallCenter:Keys:17:Key", "the-key-of-kim-0123456789", "CallCenter:Keys:17:Role=admin", "--callcenter:publicurl", " ",
            "--CallCenter:Retention", "1.00:00:00");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/api/health?code=the-key-of-kim-0123456789"));
    }

    [Fact]
    public async Task Start_ManagementUrisKept_AStartGivesTheIdAlone()
    {
        await using var app = await StartAsync("--CallCenter:ManagementUris", "False");
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var response = await http.PostAsJsonAsync("/api/cases?instanceId=a%20b", new { inputCaseID = "001" });

        Assert.Equal((HttpStatusCode.Accepted, """{"id":"a b"}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal($"{app.Urls.Single()}/api/cases/a%20b", response.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/api/cases/a%20b"));
    }

    [Fact]
    public async Task Health_CaseThatWaits_SaysSinceWhenAndWhatIsFree()
    {
        await using var app = await StartAsync();
        await CallAsync(app, HttpMethod.Post, "/api/cases?instanceId=waits", new { inputCaseID = "001", workMode = "agent" });
        await UntilAsync(app, "waits", body => body.GetProperty("progress").GetProperty("waitingFor").GetString() is not null);

        var health = await CallAsync(app, HttpMethod.Get, "/api/health");

        Assert.Equal((0, 1), (health.GetProperty("backlog").GetInt32(), health.GetProperty("waiting").GetInt64()));
        var since = health.GetProperty("oldestWaiting").GetDateTime();
        Assert.InRange(since, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow);
        Assert.True(health.GetProperty("disk").GetProperty("freeBytes").GetInt64() > 0);
    }

    [Fact]
    public async Task Probes_UnderAnyNameWithoutAKey_AreAnswered()
    {
        await using var app = await StartAsync("--CallCenter:ApiKey", "the-only-key-0123456789", "--AllowedHosts", "cases.example.com");
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        foreach (var (path, expected) in new[] { ("/livez", HttpStatusCode.OK), ("/readyz", HttpStatusCode.OK), ("/api/health", HttpStatusCode.Forbidden) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "10.1.2.3:7071" } };
            using var response = await http.SendAsync(request);
            Assert.Equal(expected, response.StatusCode);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, "/api/health"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, "/livez/../api/health"));
    }

    [Fact]
    public async Task Start_AddressForOthersWithoutKey_IsRefused()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync("--urls", "http://0.0.0.0:0"));

        Assert.Contains("CallCenter:ApiKey", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderInUse_SaysByWhom()
    {
        await using var first = await StartAsync();

        var error = await Assert.ThrowsAsync<StoreLockedException>(() => StartAsync());

        Assert.Contains($"{Environment.ProcessId}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AfterAStop_GoesOnWithTheCasesThatWait()
    {
        await using (var first = await StartAsync())
            await CallAsync(first, HttpMethod.Post, "/api/cases?instanceId=waits", new { inputCaseID = "001", workMode = "agent" });
        await using var second = await StartAsync();
        await UntilAsync(second, "waits", body => body.GetProperty("progress").GetProperty("waitingFor").GetString() is not null);

        await CallAsync(second, HttpMethod.Post, "/api/cases/waits/work", new { resolved = true });
        var body = await CallAsync(second, HttpMethod.Get, "/api/cases?prefix=waits");
        var ended = await UntilEndedAsync(second, "waits");

        Assert.Equal("waits", body.GetProperty("cases")[0].GetProperty("instanceId").GetString());
        Assert.Equal("Case 001: opened...assigned...resolved...closed.", ended.GetProperty("output").GetProperty("Message").GetString());
    }

    [Fact]
    public async Task History_OfACaseThatOutlivedStarts_SaysWhenTheyWere()
    {
        await using (await StartAsync())
        {
        }
        await using (var first = await StartAsync())
            await CallAsync(first, HttpMethod.Post, "/api/cases?instanceId=waits", new { inputCaseID = "001", workMode = "agent" });
        await using (await StartAsync())
        {
        }
        await using (var third = await StartAsync())
            await CallAsync(third, HttpMethod.Post, "/api/cases/waits/terminate");
        await using var fourth = await StartAsync();

        var status = await CallAsync(fourth, HttpMethod.Get, "/runtime/webhooks/durabletask/instances/waits?showHistory=true");
        var without = await CallAsync(fourth, HttpMethod.Get, "/runtime/webhooks/durabletask/instances/waits");

        var starts = status.GetProperty("hostStarts").EnumerateArray().Select(start => start.GetDateTime()).ToList();
        var events = status.GetProperty("historyEvents").EnumerateArray().Select(item => item.GetProperty("Timestamp").GetDateTime()).ToList();
        Assert.Equal(2, starts.Count);
        Assert.All(starts, start => Assert.InRange(start, events[0], events[^1]));
        Assert.False(without.TryGetProperty("hostStarts", out _));
    }

    [Fact]
    public async Task Start_DefaultsInTheConfiguration_AreWrittenIntoTheCasesInput()
    {
        await using var app = await StartAsync("--CallCenter:WorkMode", "agent", "--CallCenter:Retry:MaxAttempts", "7");

        await CallAsync(app, HttpMethod.Post, "/api/cases?instanceId=defaults", new { inputCaseID = "001" });
        var body = await CallAsync(app, HttpMethod.Get, "/api/cases/defaults");

        Assert.Equal("agent", body.GetProperty("input").GetProperty("workMode").GetString());
        Assert.Equal(7, body.GetProperty("input").GetProperty("retry").GetProperty("maxAttempts").GetInt32());
    }

    [Theory]
    [InlineData("1", "Completed")]
    [InlineData("0", "Failed")]
    public async Task ResolveProbability_OneOrZero_ChoosesTheBranch(string probability, string status)
    {
        await using var app = await StartAsync("--CallCenter:ResolveProbability", probability);

        await CallAsync(app, HttpMethod.Post, "/api/cases?instanceId=coin", new { inputCaseID = "001" });

        Assert.Equal(status, (await UntilEndedAsync(app, "coin")).GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task WorkOnCase_WorkerKeepsFailing_IsTriedAgainAndThenEscalates()
    {
        var worker = new DecidingWorker();
        worker.Fail(new IOException("the line is dead"));
        await using var app = await StandaloneHost.StartAsync(Arguments(), TestWorkflows.With(worker));
        await CallAsync(app, HttpMethod.Post, "/api/cases?instanceId=broken", new { inputCaseID = "001", retry = new { maxAttempts = 2, firstDelaySeconds = 0.01 } });

        var ended = await UntilEndedAsync(app, "broken");

        Assert.Equal("Case 001: opened...assigned...unworkable...escalating.", ended.GetProperty("progress").GetProperty("case").GetProperty("Message").GetString());
        Assert.Equal(2, worker.Calls);
        Assert.Contains("the line is dead", ended.GetProperty("progress").GetProperty("steps")[2].GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_WhileAnActivityRuns_ShowsItAsScheduled()
    {
        var worker = new DecidingWorker();
        await using var app = await StandaloneHost.StartAsync(Arguments(), TestWorkflows.With(worker));
        await CallAsync(app, HttpMethod.Post, "/api/cases?instanceId=busy", new { inputCaseID = "001" });
        await worker.Begun;

        var status = await CallAsync(app, HttpMethod.Get, "/runtime/webhooks/durabletask/instances/busy?showHistory=true");
        worker.Decide(1);
        await UntilEndedAsync(app, "busy");

        var open = status.GetProperty("historyEvents").EnumerateArray().Last();
        Assert.Equal(("TaskScheduled", "WorkOnCase"), (open.GetProperty("EventType").GetString(), open.GetProperty("Name").GetString()));
        Assert.Equal("""[{"Case":"001","Message":"Case 001: opened...assigned..."}]""", open.GetProperty("Input").GetString());
    }

    private string[] Arguments(params string[] more) =>
        ["--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--Logging:LogLevel:Default", "None", .. more];

    private Task<WebApplication> StartAsync(params string[] more) => StandaloneHost.StartAsync(Arguments(more), BuiltInWorkflows.Create);

    private static async Task<JsonElement> CallAsync(WebApplication app, HttpMethod method, string path, object? body = null)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var response = await http.SendAsync(new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) });
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{method} {path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        var text = await response.Content.ReadAsStringAsync();
        return text.Length > 0 ? JsonDocument.Parse(text).RootElement : default;
    }

    private static async Task<HttpStatusCode> StatusAsync(WebApplication app, string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    private static Task<JsonElement> UntilEndedAsync(WebApplication app, string id) =>
        UntilAsync(app, id, body => body.GetProperty("runtimeStatus").GetString() != "Running");

    private static async Task<JsonElement> UntilAsync(WebApplication app, string id, Func<JsonElement, bool> wanted)
    {
        var body = default(JsonElement);
        await Conformance.Eventually.TrueAsync(async () =>
        {
            body = await CallAsync(app, HttpMethod.Get, $"/api/cases/{id}");
            return wanted(body);
        });
        return body;
    }
}
