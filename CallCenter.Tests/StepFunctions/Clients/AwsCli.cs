using System.Diagnostics;
using System.Text.Json;

namespace CallCenter.Tests.StepFunctions.Clients;

/// <summary>The AWS CLI as it is installed here, against a host of ours.</summary>
/// <param name="host">The host.</param>
/// <param name="secret">The secret access key.</param>
internal sealed class AwsCli(Uri host, string secret)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Why it cannot be run here, or null.</summary>
    public static string? Missing { get; } = OperatingSystem.IsWindows() ? "These tests write commands for a Unix shell."
        : Find() is null ? "The AWS CLI was not found: install it (apt-get install awscli, or pip install awscli)."
        : null;

    /// <summary>Runs a command of Step Functions that succeeds.</summary>
    public async Task<JsonElement> RunAsync(params string[] arguments)
    {
        var (code, output, error) = await ShellAsync($"aws stepfunctions \"$@\" --endpoint-url {new Uri(host, "/aws")}", arguments);
        Assert.True(code == 0, error);
        return output.Length == 0 ? default : JsonElement.Parse(output);
    }

    /// <summary>Runs one that is refused, and gives what it says.</summary>
    public async Task<string> RefusedAsync(params string[] arguments)
    {
        var (code, _, error) = await ShellAsync($"aws stepfunctions \"$@\" --endpoint-url {new Uri(host, "/aws")}", arguments);
        Assert.NotEqual(0, code);
        return error;
    }

    /// <summary>Runs a script.</summary>
    public async Task<(int Code, string Output, string Error)> ShellAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", script, "sh", .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = "any",
            ["AWS_SECRET_ACCESS_KEY"] = secret,
            ["AWS_DEFAULT_REGION"] = "eu-central-1",
            ["AWS_DEFAULT_OUTPUT"] = "json",
            ["AWS_CONFIG_FILE"] = "/nowhere",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/nowhere",
            ["AWS_PAGER"] = "",
        })
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync().WaitAsync(Patience);
        return (shell.ExitCode, (await output).Trim(), await error);
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "aws"))
        .FirstOrDefault(File.Exists);
}

/// <summary>A test that needs the AWS CLI.</summary>
public sealed class AwsCliFactAttribute : FactAttribute
{
    public AwsCliFactAttribute() => Skip = AwsCli.Missing;
}
