using System.Diagnostics;
using System.Text.RegularExpressions;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Crash;
using SystemProcess = System.Diagnostics.Process;

namespace CallCenter.Tests.Documentation;

/// <summary>
/// Runs a document: every line of its <c>sh</c> blocks, in order, as a reader would type it. A <c>text</c> block behind one is what its last line prints;
/// <c>...</c> in it stands for anything, and white space for none. A page that starts no program itself is about one that is running: it has the case ask-kim,
/// which waits for an agent.
/// </summary>
/// <param name="folder">A folder for everything that it writes.</param>
internal sealed partial class ShellDocument(string folder) : IAsyncDisposable
{
    /// <summary>The program's number in the documents.</summary>
    private const string Number = "4711";

    /// <summary>Where the documents have the data folder: of a clone, and of a service.</summary>
    private static readonly string[] DataFolders = ["CallCenter.Standalone/.callcenter", "/var/lib/callcenter"];

    private readonly string _data = Path.Combine(folder, "data");
    private StandaloneProgram? _program;

    public async Task RunAsync(string document)
    {
        foreach (var block in DocumentBlock.Of(document).Where(block => block.IsRun))
        {
            var lines = block.Text.Split('\n');
            foreach (var line in lines)
                await RunAsync(line, line == lines[^1] ? block.Output : null);
        }
    }

    public ValueTask DisposeAsync() => _program?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task RunAsync(string line, string? expected)
    {
        if (StartPattern().Match(line) is { Success: true } start)
        {
            await StartAsync(start.Groups["project"] is { Success: true } project ? Path.GetFileName(project.Value) : "CallCenter.Standalone", start.Groups["arguments"].Value);
            // All of it, and so the number of its process, too.
            await ShowsAsync(line, expected ?? "...Try:...", () => Task.FromResult(Shown(_program!.Output)));
            return;
        }
        if (_program is null)
        {
            await StartAsync("CallCenter.Standalone", "");
            await BashAsync("""curl -sS -X POST "http://127.0.0.1:7071/api/cases?instanceId=ask-kim" -H "Content-Type: application/json" -d '{"inputCaseID":"001","workMode":"agent"}'""");
        }
        if (line.StartsWith("kill", StringComparison.Ordinal))
            await KillAsync(line);
        // Whoever only reads may look again: a person does, too.
        else if (expected is not null && ReadingPattern().IsMatch(line))
            await ShowsAsync(line, expected, () => BashAsync(line));
        else
            Compare(line, expected, await BashAsync(line));
    }

    private async Task StartAsync(string program, string arguments)
    {
        if (_program is not null)
            await _program.DisposeAsync();
        var settings = ArgumentPattern().Matches(arguments).Select(argument => argument.Value.Trim('"')).Where(argument => argument != "--").ToArray();
        _program = await StandaloneProgram.StartProgramAsync(program + ".dll", _data, settings);
    }

    private async Task KillAsync(string line)
    {
        await BashAsync(line.Replace(Number, ProcessPattern().Match(_program!.Output).Groups[1].Value, StringComparison.Ordinal));
        await _program.ExitAsync();
    }

    private static async Task ShowsAsync(string line, string expected, Func<Task<string>> output)
    {
        var last = "";
        await Eventually.TrueAsync(async () => Matches(expected, last = await output()), () => $"{line}\nprints\n{last}\nand not\n{expected}");
    }

    private static void Compare(string line, string? expected, string output)
    {
        if (expected is null)
            Assert.False(RefusalPattern().IsMatch(output), $"{line}\n{output}");
        else
            Assert.True(Matches(expected, output), $"{line}\nprints\n{output}\nand not\n{expected}");
    }

    private static bool Matches(string expected, string output) =>
        Regex.IsMatch(Dense(output), $"^{string.Join(".*", Dense(expected).Split("...").Select(Regex.Escape))}$");

    private static string Dense(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    /// <summary>Runs a line in the folder, with the variables that the lines before it have set.</summary>
    private async Task<string> BashAsync(string line)
    {
        var command = DataFolders.Aggregate(line, (text, each) => text.Replace(each, _data, StringComparison.Ordinal))
            .Replace("http://127.0.0.1:7071", Here, StringComparison.Ordinal)
            .Replace("/mnt/backup", folder, StringComparison.Ordinal);
        var script = $"""
            callcenter() ( exec dotnet exec "{Path.Combine(AppContext.BaseDirectory, "CallCenter.Standalone.dll")}" "$@" )
            # Older versions do not know the variable.
            aws() ( exec aws --endpoint-url "$AWS_ENDPOINT_URL_SFN" "$@" )
            set -a
            [ -e variables ] && . ./variables
            {command}
            result=$?
            export -p > variables
            exit $result
            """;
        var start = new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in new Dictionary<string, string> { ["AWS_CONFIG_FILE"] = "/nowhere", ["AWS_SHARED_CREDENTIALS_FILE"] = "/nowhere", ["AWS_PAGER"] = "" })
            start.Environment[name] = value;
        using var bash = SystemProcess.Start(start)!;
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, $"{line}\n{await output}\n{await error}");
        return Shown(await output);
    }

    /// <summary>The program's address.</summary>
    private string Here => _program!.Http.BaseAddress!.ToString().TrimEnd('/');

    /// <summary>What was printed, as the documents have it.</summary>
    private string Shown(string output) => ProcessPattern().Replace(
        output.Replace(Here, "http://127.0.0.1:7071", StringComparison.Ordinal).Replace(_data, DataFolders[^1], StringComparison.Ordinal).Replace(folder, "/mnt/backup", StringComparison.Ordinal),
        $"process  {Number}");

    [GeneratedRegex("^(?:dotnet run --project (?<project>[^ ]+)(?<arguments>.*)|callcenter)$")]
    private static partial Regex StartPattern();

    [GeneratedRegex("^(curl (?!.* -X )|cat |aws stepfunctions (describe|get|list)-)")]
    private static partial Regex ReadingPattern();

    [GeneratedRegex("\"[^\"]*\"|[^ \"]+")]
    private static partial Regex ArgumentPattern();

    [GeneratedRegex(@"process  (\d+)")]
    private static partial Regex ProcessPattern();

    [GeneratedRegex("\"status\":[45]")]
    private static partial Regex RefusalPattern();
}

/// <summary>A test that runs what a document says to type.</summary>
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute() => Skip = Missing;

    /// <summary>Why such a test cannot run here; null if it can.</summary>
    public static string? Missing { get; } =
        File.Exists("/bin/bash") && Path.Exists("/usr/bin/curl") ? null : "The documents' commands are for bash and curl.";
}

/// <summary>The same with data.</summary>
internal sealed class ShellTheoryAttribute : TheoryAttribute
{
    public ShellTheoryAttribute() => Skip = ShellFactAttribute.Missing;
}
