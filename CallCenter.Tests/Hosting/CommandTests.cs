using System.Globalization;
using CallCenter.Api;
using CallCenter.Durable;
using CallCenter.Runtime;
using CallCenter.Samples.HelloWorld;
using CallCenter.Standalone;
using CallCenter.Standalone.Commands;
using CallCenter.Standalone.Hosting;
using CallCenter.Tests.Storage;
using Microsoft.AspNetCore.Builder;

namespace CallCenter.Tests.Hosting;

/// <summary>What the program does when it is told to do anything but serve.</summary>
public sealed class CommandTests : IDisposable
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
    public async Task Version_Asked_IsThatOfEveryProject()
    {
        Assert.Equal(0, await RunAsync("--version"));

        Assert.Matches(@"^CallCenter \d+\.\d+\.\d+( \([0-9a-f]{7}\))?\r?\n$", _output.ToString());
        var assemblies = new[] { typeof(StandaloneHost), typeof(CallCenterApi), typeof(IWorkflow), typeof(RuntimeOptions) };
        Assert.Single(assemblies.Select(type => type.Assembly.GetName().Version).Distinct());
        Assert.Contains($"## [{ProductVersion.Number}]", await File.ReadAllTextAsync(Path.Combine(Repository.Root, "CHANGELOG.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--data", "x", "--help")]
    [InlineData("--CallCenter:MaxPending", "many", "--help")]
    public async Task Help_Asked_ListsEverySettingWithWhatItMayBe(params string[] args)
    {
        Assert.Equal(0, await RunAsync(args));

        var lines = _output.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains("MaxPending a whole number from 1 to 100000000; default 20000", lines);
        Assert.Contains("MaxConcurrentActivitiesOf:WorkOnCase a whole number from 1 to 64; default 64", lines);
        Assert.Contains("WorkMode", lines);
        Assert.Contains("Retention a time span such as 30.00:00:00 (30 days); default none", lines);
        Assert.Contains("ManagementUris one of true, false; default true", lines);
        Assert.Contains("ApiKey", lines);
        Assert.Contains(lines, line => line.StartsWith("--data DIR", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_Usages_LineUpWhateverTheProgramIsCalled()
    {
        await RunAsync("--help");

        var usages = _output.ToString().ReplaceLineEndings("\n").Split("Usage:\n")[1].Split("\n\n")[0].Split('\n')[..^1];
        Assert.True(usages.Length > 5);
        // Two blanks or more stand between what is typed and what it does, and nowhere else.
        Assert.Single(usages.Select(line => line.LastIndexOf("  ", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public async Task Help_EverySetting_StandsInTheDocumentation()
    {
        await RunAsync("--help");

        var documented = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "standalone.md")) + await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "assignments-and-mail.md"));
        var settings = _output.ToString().ReplaceLineEndings("\n").Split("says more of each.")[1].Split('\n')
            .Select(line => line.Trim().Split(' ')[0]).Where(name => name.Length > 0).ToList();
        Assert.True(settings.Count > 30);
        Assert.All(settings, name => Assert.Contains(name.Split(':')[^1], documented, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("The command 'serve' is not known.", "serve")]
    [InlineData("Did you mean --version?", "--verson")]
    [InlineData("Did you mean --check?", "--chekc")]
    [InlineData("The option '--data' has no value. Write --data VALUE.", "--data")]
    [InlineData("The option '--data' has no value. Write --data VALUE.", "--data", "--urls", "http://127.0.0.1:0")]
    [InlineData("The setting CallCenter:Xyz is not known.", "--check", "--CallCenter:Xyz", "1")]
    public async Task Start_WordThatNobodyKnows_IsRefusedWithTheNearest(string message, params string[] args)
    {
        Assert.Equal(1, await RunAsync(args));

        Assert.StartsWith("CallCenter cannot ", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
        Assert.Single(_error.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Check_FolderOfARunningProgram_SaysWhatIsInItAndChangesNothing()
    {
        await using (var app = await StandaloneHost.StartAsync(Serving(), TestWorkflows.With(new DecidingWorker())))
        {
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            using var body = new StringContent("""{"inputCaseID":"001","workMode":"agent"}""", null, "application/json");
            using var started = await http.PostAsync(new Uri("/api/cases", UriKind.Relative), body);
            await Conformance.Eventually.TrueAsync(async () =>
                (await http.GetStringAsync(new Uri("/api/cases", UriKind.Relative))).Contains("CaseWorked", StringComparison.Ordinal));
            var before = Files();

            Assert.Equal(0, await RunAsync("--check", "--data", _folder.Path, "--CallCenter:ApiKey", "0123456789abcdef", "--urls", "http://0.0.0.0:7071"));

            Assert.Equal(before, Files());
        }
        Assert.Contains("Settings  valid; it would listen on http://0.0.0.0:7071, with keys", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Cases     1 unfinished, 0 Completed, 0 Failed, 0 Terminated", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"In use    by process {Environment.ProcessId}", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_FolderThatIsNotThere_IsNotMade()
    {
        var folder = Path.Combine(_folder.Path, "none");

        Assert.Equal(0, await RunAsync("--check", "--data", folder));

        Assert.Contains("does not exist; it would be created", _output.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Check_InstancesOfAnUnknownOrchestration_AreNamed()
    {
        await using (var app = await StandaloneHost.StartAsync(Serving(), TestWorkflows.With(new DecidingWorker())))
        {
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            using var body = new StringContent("""{"inputCaseID":"001","workMode":"agent"}""", null, "application/json");
            using var started = await http.PostAsync(new Uri("/api/cases", UriKind.Relative), body);
        }

        Assert.Equal(0, await ProgramCommands.RunAsync(
            ["--check", "--data", _folder.Path], _ => [new HelloWorldWorkflow()], _output, _error));

        Assert.Contains("1 unfinished of 'CallCenterOrchestrator', which this program does not run", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ForeignFolder_IsRefused()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "letter.txt"), "Dear");

        Assert.Equal(1, await RunAsync("--check", "--data", _folder.Path));

        Assert.Contains("holds other files ('letter.txt') and no journal", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task Check_DamagedJournal_IsRefusedWithFileAndOffset()
    {
        await using (await StandaloneHost.StartAsync(Serving(), TestWorkflows.With(new DecidingWorker())))
        {
        }
        await using (var journal = new FileStream(Directory.GetFiles(_folder.Path, "*.journal").Single(), FileMode.Open))
        {
            journal.Position = 20;
            journal.WriteByte(0xFF);
        }

        Assert.Equal(1, await RunAsync("--check", "--data", _folder.Path));

        Assert.Contains("The journal is damaged: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AddressForOthersWithoutAKey_IsRefused()
    {
        Assert.Equal(1, await RunAsync("--check", "--data", _folder.Path, "--urls", "http://*:7071"));

        Assert.Contains("CallCenter:ApiKey", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_RunningProgram_IsOk()
    {
        await using var app = await StandaloneHost.StartAsync(Serving(), TestWorkflows.With(new DecidingWorker()));

        Assert.Equal(0, await RunAsync("health", "--urls", app.Urls.Single()));

        Assert.Equal($$"""{{app.Urls.Single()}} answers 200: {"status":"ok"}""", _output.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("http://0.0.0.0:{0}")]
    [InlineData("http://*:{0}")]
    [InlineData("http://+:{0};http://127.0.0.1:1")]
    public async Task Health_AddressForOthers_IsAskedOnThisMachine(string address)
    {
        await using var app = await StandaloneHost.StartAsync(Serving(), TestWorkflows.With(new DecidingWorker()));
        var port = new Uri(app.Urls.Single()).Port;

        Assert.Equal(0, await RunAsync("health", "--urls", string.Format(CultureInfo.InvariantCulture, address, port)));
    }

    [Fact]
    public async Task Health_UnixSocket_IsAsked()
    {
        var address = "http://unix:" + Path.Combine(_folder.Path, "socket");
        await using var app = await StandaloneHost.StartAsync(
            ["--urls", address, "--data", Path.Combine(_folder.Path, "data"), "--Logging:LogLevel:Default", "None"], TestWorkflows.With(new DecidingWorker()));

        Assert.Equal(0, await RunAsync("health", "--urls", address));
    }

    [Fact]
    public async Task Health_NotReady_IsOneAndSaysWhy()
    {
        await using var app = StandaloneHost.Build(Serving(), TestWorkflows.With(new DecidingWorker()));
        // As while the journal is read.
        ((IApplicationBuilder)app).Run(Starting.AnswerAsync);
        await app.StartAsync();

        Assert.Equal(1, await RunAsync("health", "--urls", app.Urls.Single()));

        Assert.EndsWith("""answers 503: {"status":"starting"}""", _output.ToString().TrimEnd(), StringComparison.Ordinal);
        await app.StopAsync();
    }

    [Fact]
    public async Task Health_NobodyThere_IsOneAndSaysSo()
    {
        Assert.Equal(1, await RunAsync("health", "--urls", "http://127.0.0.1:1"));

        Assert.StartsWith("http://127.0.0.1:1 does not answer: ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_PortThatNobodyKnows_IsRefused()
    {
        Assert.Equal(1, await RunAsync("health", "--urls", "http://127.0.0.1:0"));

        Assert.Contains("an address with a port", _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) => ProgramCommands.RunAsync(args, BuiltInWorkflows.Create, _output, _error);

    private string[] Serving() => ["--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--Logging:LogLevel:Default", "None"];

    private List<(string, DateTime)> Files() =>
        [.. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).Select(path => (path, File.GetLastWriteTimeUtc(path)))];
}
