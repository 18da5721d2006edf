using System.Diagnostics;
using System.Text.RegularExpressions;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Crash;
using SystemProcess = System.Diagnostics.Process;

namespace CallCenter.Tests.Documentation;

/// <summary>
/// Runs a document: every line of its <c>sh</c> blocks, in order, as a reader would type it. A <c>text</c> block behind one is what its last line prints;
/// <c>...</c> in it stands for anything, and white space for none.
/// </summary>
internal sealed partial class ShellDocument(string data) : IAsyncDisposable
{
    /// <summary>The program's number in the documents.</summary>
    private const string Number = "4711";

    private StandaloneProgram? _program;

    /// <summary>How many lines were run.</summary>
    public int Lines { get; private set; }

    public async Task RunAsync(string document)
    {
        foreach (Match block in BlockPattern().Matches(document))
        {
            var lines = block.Groups["lines"].Value.Split('\n');
            foreach (var line in lines)
                await RunAsync(line, block.Groups["text"] is { Success: true } text && line == lines[^1] ? text.Value : null);
        }
    }

    public ValueTask DisposeAsync() => _program?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task RunAsync(string line, string? expected)
    {
        // What runs this line is that command.
        if (line.StartsWith("dotnet test", StringComparison.Ordinal))
            return;
        Lines++;
        if (StartPattern().Match(line) is { Success: true } start)
        {
            await StartAsync(Path.GetFileName(start.Groups["project"].Value) + ".dll", start.Groups["arguments"].Value);
            // All of it, and so the number of its process, too.
            await ShowsAsync(line, expected ?? "...Try:...", () => Task.FromResult(Shown(_program!.Output)));
        }
        else if (line.StartsWith("kill", StringComparison.Ordinal))
            await KillAsync(line);
        // Whoever only reads may look again: a person does, too.
        else if (expected is not null && !line.Contains(" -X ", StringComparison.Ordinal))
            await ShowsAsync(line, expected, () => BashAsync(line));
        else
            Compare(line, expected, await BashAsync(line));
    }

    private async Task StartAsync(string program, string arguments)
    {
        if (_program is not null)
            await _program.DisposeAsync();
        var settings = ArgumentPattern().Matches(arguments).Select(argument => argument.Value.Trim('"')).Where(argument => argument != "--").ToArray();
        _program = await StandaloneProgram.StartProgramAsync(program, data, settings);
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

    private async Task<string> BashAsync(string line)
    {
        var here = _program!.Http.BaseAddress!.ToString().TrimEnd('/');
        var command = line
            .Replace("http://127.0.0.1:7071", here, StringComparison.Ordinal)
            .Replace("CallCenter.Standalone/.callcenter", data, StringComparison.Ordinal);
        using var bash = SystemProcess.Start(new ProcessStartInfo("/bin/bash", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, $"{line}\n{await error}");
        return Shown(await output);
    }

    private string Shown(string output) => ProcessPattern().Replace(
        output.Replace(_program!.Http.BaseAddress!.ToString().TrimEnd('/'), "http://127.0.0.1:7071", StringComparison.Ordinal), $"process  {Number}");

    [GeneratedRegex(@"```sh\n(?<lines>.*?)\n```(?:\n\n```text\n(?<text>.*?)\n```)?", RegexOptions.Singleline)]
    private static partial Regex BlockPattern();

    [GeneratedRegex("^dotnet run --project (?<project>[^ ]+)(?<arguments>.*)$")]
    private static partial Regex StartPattern();

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
