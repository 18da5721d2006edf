using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using CallCenter.Durable;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Standalone;
using CallCenter.Standalone.Commands;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Crash;
using CallCenter.Tests.Storage;
using CallCenter.Workflows.CallCenter;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace CallCenter.Tests.Replaying;

/// <summary><c>replay</c>, as it is called.</summary>
/// <remarks>CALLCENTER_REPLAY=100000 makes the large folder that large, and writes to replay.log how long it took.</remarks>
public sealed class ReplayCommandTests(ITestOutputHelper log) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter _error = new(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Replay_FolderOfARunningProgram_IsTheSameAndChangesNothing()
    {
        await using var app = await StandaloneHost.StartAsync(
            ["--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--Logging:LogLevel:Default", "None"], BuiltInWorkflows.Create);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        foreach (var mode in (string[])["simulated", "simulated", "agent"])
            await http.PostAsJsonAsync("/api/cases", new { inputCaseID = "001", workMode = mode });
        await http.PostAsJsonAsync("/api/tickets", new { inputCaseID = "002" });
        await Eventually.TrueAsync(async () => (await http.GetStringAsync(new Uri("/api/cases?status=Running", UriKind.Relative))).Contains("CaseWorked", StringComparison.Ordinal)
            && !(await http.GetStringAsync(new Uri("/api/tickets", UriKind.Relative))).Contains("Running", StringComparison.Ordinal)
            && (await http.GetStringAsync(new Uri("/api/cases?status=Completed,Failed", UriKind.Relative))).Split("instanceId").Length == 3);
        var before = Files();

        Assert.Equal(0, await RunAsync(BuiltInWorkflows.Create, "replay", _folder.Path));

        Assert.Equal(before, Files());
        Assert.Equal(("4", "0", "0"), (Count("same"), Count("ends otherwise"), Count("diverges")));
    }

    [Fact]
    public async Task Replay_TwoStepsSwapped_NamesTheFirstInstances()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("CALLCENTER_REPLAY") ?? "200", CultureInfo.InvariantCulture);
        var first = await FillAsync(count);
        var began = Stopwatch.GetTimestamp();

        Assert.Equal(1, await RunAsync(Swapped, "replay", "--data", _folder.Path));

        new Progress("replay.log", log).Write($"{count} histories in {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s");
        Assert.Equal(("0", "0", count.ToString("N0", CultureInfo.InvariantCulture)), (Count("same"), Count("ends otherwise"), Count("diverges")));
        var lines = Lines();
        var at = Array.FindIndex(lines, line => line == $"diverges {first}");
        Assert.True(at > 0, _output.ToString());
        Assert.Equal(["the history: step 0: the activity 'OpenCase'", "the code: the activity 'AssignCase'"], lines[(at + 1)..(at + 3)]);
        Assert.Contains($"... and {(count - 10).ToString("N0", CultureInfo.InvariantCulture)} more", lines);
    }

    [Fact]
    public async Task Replay_Json_PrintsAFixtureThatIsReplayedAsAFile()
    {
        var id = await FillAsync(3);
        var file = Path.Combine(_folder.Path, "fixture.json");

        Assert.Equal(0, await RunAsync(BuiltInWorkflows.Create, "replay", _folder.Path, "--json", id));
        await File.WriteAllTextAsync(file, _output.ToString());
        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync(BuiltInWorkflows.Create, "replay", file));
        Assert.Equal($"same {id}", Lines()[0]);
        _output.GetStringBuilder().Clear();
        Assert.Equal(1, await RunAsync(Swapped, "replay", file));

        Assert.Equal([$"diverges {id}", "the history: the activity 'OpenCase'", "the code: asked for the activity 'AssignCase'"], Lines()[..3]);
    }

    [Theory]
    [InlineData("does not exist.", "replay", "/nowhere/at/all")]
    [InlineData("The option '--json' has no value.", "replay", "--json")]
    [InlineData("The option '--jsn' is not known. Did you mean --json?", "replay", "--jsn", "x")]
    public async Task Replay_NothingToReplay_SaysWhy(string message, params string[] args)
    {
        Assert.Equal(1, await RunAsync(BuiltInWorkflows.Create, args));

        Assert.StartsWith("CallCenter cannot replay: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_InstanceThatIsNotThere_SaysSo()
    {
        await FillAsync(1);

        Assert.Equal(1, await RunAsync(BuiltInWorkflows.Create, "replay", _folder.Path, "--json", "nobody"));

        Assert.Contains("contains no instance 'nobody'", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_FileThatIsNoHistory_SaysSo()
    {
        var file = Path.Combine(_folder.Path, "x.json");
        await File.WriteAllTextAsync(file, """{"cases":[]}""");

        Assert.Equal(1, await RunAsync(BuiltInWorkflows.Create, "replay", file));

        Assert.Contains("is not a history as the management API shows it", _error.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<IWorkflow> Swapped(WorkflowSettings settings) =>
    [
        new ChangedWorkflow(TestWorkflows.CallCenter()) { Swapped = new() { ["OpenCase"] = "AssignCase", ["AssignCase"] = "OpenCase" } },
    ];

    /// <summary>Runs so many cases on a store in the folder.</summary>
    /// <returns>The id of the oldest.</returns>
    private async Task<string> FillAsync(int count)
    {
        var registry = TestWorkflows.Registry(new CoinTossWorker(0.5));
        var options = new StoreOptions { Folder = _folder.Path, NameOf = HistoryReader.NameOf, KeyOf = registry.KeyOf };
        var store = await InstanceStore.OpenAsync(options, new DiskFileLayer(), NullLogger.Instance, CancellationToken.None);
        await using var runtime = new EmbeddedRuntime(registry, store, new RuntimeOptions(), TimeProvider.System, NullLogger.Instance);
        using var client = new EmbeddedClient(runtime);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (_, cancellation) =>
        {
            var id = await client.ScheduleAsync("CallCenterOrchestrator", new CaseInput { InputCaseId = "001" }, null, cancellation);
            await client.WaitForCompletionAsync(id!, TimeSpan.FromMinutes(1), cancellation);
        });
        return store.ReadArchive(store.NewestFirst().Last())!.Id;
    }

    private Task<int> RunAsync(Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows, params string[] args) =>
        ProgramCommands.RunAsync(args, workflows, _output, _error);

    private string[] Lines() =>
        [.. _output.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

    private string? Count(string word) => Lines().FirstOrDefault(line => line.StartsWith(word + " ", StringComparison.Ordinal))?.Split(' ')[^1];

    private List<(string, DateTime, long)> Files() =>
        [.. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).Select(path => (path, File.GetLastWriteTimeUtc(path), new FileInfo(path).Length))];
}
