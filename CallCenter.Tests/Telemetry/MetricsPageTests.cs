using System.Diagnostics;
using System.Net;
using CallCenter.Standalone;
using CallCenter.Standalone.Telemetry;
using CallCenter.Tests.Keys;
using CallCenter.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Telemetry;

/// <summary><c>GET /metrics</c>.</summary>
public sealed class MetricsPageTests
{
    [Fact]
    public async Task Metrics_OfARunningHost_TellOfCasesAndRequests()
    {
        await using var host = await KeyHost.StartAsync();
        using (var started = await host.SendAsync("POST", "/api/cases", body: new { inputCaseID = "001" }, headers: ("Prefer", "wait=30")))
            Assert.Equal(HttpStatusCode.OK, started.StatusCode);

        using var response = await host.SendAsync("GET", "/metrics");
        var text = await response.Content.ReadAsStringAsync();
        var page = MetricsPage.Parse(text);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal(1, page["callcenter_orchestrations_started_total{durabletask_task_name=\"CallCenterOrchestrator\"}"]);
        Assert.Equal(1, page["callcenter_activity_duration_seconds_count{durabletask_task_name=\"OpenCase\",outcome=\"ok\"}"]);
        Assert.Equal((0, 1), (page["callcenter_recovery_instances"], page["callcenter_journal_writable"]));
        Assert.True(page["callcenter_recovery_duration_seconds"] > 0);
        Assert.Contains(page.Samples, sample => sample.Key.StartsWith("http_server_request_duration_seconds_count{", StringComparison.Ordinal)
            && sample.Key.Contains("http_request_method=\"POST\"", StringComparison.Ordinal) && sample.Value == 1);
        Assert.Equal("gauge", page.Types["dotnet_process_memory_working_set_bytes"]);
        Assert.DoesNotContain("001", page.Samples.Keys);
        await LintAsync(text);
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("POST", 405)]
    public async Task Metrics_OtherMethods_AreAnsweredAsElsewhere(string method, int status)
    {
        await using var host = await KeyHost.StartAsync();

        using var response = await host.SendAsync(method, "/Metrics");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 405 ? "GET, HEAD" : "", string.Join(", ", response.Content.Headers.Allow));
        Assert.Equal(method == "HEAD", (await response.Content.ReadAsStringAsync()).Length == 0);
    }

    [Fact]
    public async Task Metrics_WhereThereAreKeys_WantOne()
    {
        await using var host = await KeyHost.StartAsync(KeyHost.Keys);

        Assert.Equal(HttpStatusCode.Unauthorized, await host.StatusAsync("GET", "/metrics"));
        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("GET", "/metrics", "key-of-the-reader"));
        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("GET", "/metrics?code=key-of-the-reader"));
    }

    [Fact]
    public async Task Metrics_SwitchedOff_AreNotThereAndNobodyListens()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--urls", "http://127.0.0.1:0", "--data", folder.Path, "--Logging:LogLevel:Default", "None", "--CallCenter:Metrics", "false"];
        await using var app = await StandaloneHost.StartAsync(arguments, BuiltInWorkflows.Create);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var response = await http.GetAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Null(app.Services.GetService<MeterReadings>());
        Assert.False(app.Services.GetRequiredService<CallCenter.Runtime.Telemetry.RuntimeTelemetry>().Activities.IsOn);
    }

    [Fact]
    public async Task Metrics_TwoHostsInOneProcess_DoNotMix()
    {
        await using var one = await KeyHost.StartAsync();
        await using var other = await KeyHost.StartAsync();
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, await one.StatusAsync("GET", "/livez"));

        using var response = await other.SendAsync("GET", "/metrics");
        var page = MetricsPage.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(0, page.Samples.Where(sample => sample.Key.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal)).Sum(sample => sample.Value));
    }

    /// <summary>Prometheus' own opinion, where it is installed. It does not like some of the names that .NET itself gives.</summary>
    private static async Task LintAsync(string text)
    {
        if (!File.Exists("/usr/bin/promtool"))
            return;
        using var promtool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var complaints = await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        Assert.DoesNotContain("error while linting", complaints, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("callcenter_", complaints, StringComparison.Ordinal);
        Assert.DoesNotContain("http_", complaints, StringComparison.Ordinal);
    }
}
