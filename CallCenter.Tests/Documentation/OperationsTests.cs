using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallCenter.Standalone;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;
using CallCenter.Tests.Telemetry;
using Microsoft.AspNetCore.Builder;

namespace CallCenter.Tests.Documentation;

/// <summary>What operators are given is about metrics that there are.</summary>
public sealed partial class OperationsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Metrics_OfDashboardAlertsAndTable_AreEmitted()
    {
        var page = await PageOfAllAsync();
        var emitted = page.Types.Keys.Where(name => name.StartsWith("callcenter_", StringComparison.Ordinal)).ToHashSet();

        Assert.Empty(NamedIn("grafana-dashboard.json").Except(page.Types.Keys));
        Assert.Empty(NamedIn("alerts.yml").Except(page.Types.Keys));
        Assert.Equal(emitted.Select(name => Suffix().Replace(name, "")).Order(), InTheTable().Order());
        // Nobody watches what is on no dashboard.
        Assert.Empty(emitted.Except(NamedIn("grafana-dashboard.json")));
    }

    [Fact]
    public void Dashboard_ItsPanels_DoNotOverlap()
    {
        using var dashboard = JsonDocument.Parse(Read("grafana-dashboard.json"));
        var taken = new HashSet<(int, int)>();
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            var at = panel.GetProperty("gridPos");
            var (x, y, w, h) = (at.GetProperty("x").GetInt32(), at.GetProperty("y").GetInt32(), at.GetProperty("w").GetInt32(), at.GetProperty("h").GetInt32());
            Assert.InRange(x + w, 1, 24);
            Assert.All(Enumerable.Range(x, w).SelectMany(column => Enumerable.Range(y, h).Select(line => (column, line))), cell => Assert.True(taken.Add(cell), $"{cell} is taken."));
        }
        Assert.True(taken.Count > 0);
    }

    [PromtoolFact]
    public async Task Scraping_AndAlerts_AreValid()
    {
        var configuration = Path.Combine(_folder.Path, "prometheus.yml");
        var block = Assert.Single(DocumentBlock.Of("docs/operations.md"), block => block.Language == "yaml");
        await File.WriteAllTextAsync(configuration, $"{block.Text}\nrule_files: [\"{Path.Combine(Repository.Root, "docs", "alerts.yml")}\"]\n");

        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "config", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
        await promtool.WaitForExitAsync();

        Assert.True(promtool.ExitCode == 0, $"{await output}\n{await error}");
    }

    /// <summary>A host on which everything has happened that is counted: a start found an activity unfinished, cases ended, one waits, one could not be started.</summary>
    private async Task<MetricsPage> PageOfAllAsync()
    {
        var worker = new DecidingWorker();
        await using (var first = await StartAsync(worker, "--CallCenter:ShutdownSeconds", "0"))
        {
            await PostAsync(first, new { inputCaseID = "001" });
            await worker.Begun;
        }
        worker.Decide(1);
        await using var app = await StartAsync(worker);
        await PostAsync(app, new { inputCaseID = "002", workMode = "agent" });
        MetricsPage? page = null;
        await Eventually.TrueAsync(async () =>
        {
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            page = MetricsPage.Parse(await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
            return page.Types.ContainsKey("callcenter_orchestrations_ended_total") && page.Types.ContainsKey("callcenter_orchestrations_oldest_waiting_seconds");
        });
        return page!;
    }

    private Task<WebApplication> StartAsync(DecidingWorker worker, params string[] more) =>
        StandaloneHost.StartAsync(["--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--Logging:LogLevel:Default", "None", .. more], TestWorkflows.With(worker));

    private static async Task PostAsync(WebApplication app, object input)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var response = await http.PostAsync(new Uri("/api/cases", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(input));
        Assert.True(response.IsSuccessStatusCode);
    }

    private static IEnumerable<string> NamedIn(string file) => Metric().Matches(Read(file)).Select(match => Part().Replace(match.Value, "")).Distinct();

    private static IEnumerable<string> InTheTable() => Read("operations.md").ReplaceLineEndings("\n").Split('\n')
        .Where(line => line.StartsWith("| `callcenter.", StringComparison.Ordinal))
        .SelectMany(line => Instrument().Matches(line.Split('|')[1]))
        .Select(match => match.Value.Replace('.', '_'));

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, "docs", file));

    [GeneratedRegex(@"\b(callcenter|http_server|kestrel|dotnet)_[a-z0-9_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex("(_(seconds|bytes))?(_total)?$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"callcenter(\.[a-z_]+)+")]
    private static partial Regex Instrument();
}

/// <summary>A test that needs Prometheus' own tool.</summary>
internal sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute() => Skip = File.Exists("/usr/bin/promtool") ? null : "promtool was not found: install Prometheus.";
}
