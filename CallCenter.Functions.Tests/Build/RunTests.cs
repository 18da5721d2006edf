using System.Diagnostics;
using CallCenter.Tests.Support;

namespace CallCenter.Functions.Tests.Build;

/// <summary><c>dotnet run</c>, with a script in the place of Core Tools that says where it was started.</summary>
public sealed class RunTests : IDisposable
{
    private readonly DirectoryInfo _bin = Directory.CreateTempSubdirectory("callcenter-func-");

    public static TheoryData<string, string> Folders => new() { { ".", "CallCenter.Functions" }, { "CallCenter.Functions", "." } };

    [UnixTheory]
    [MemberData(nameof(Folders))]
    public async Task Run_FromAnyFolder_StartsFuncInTheOutput(string folder, string project)
    {
        Func("[ \"$1\" = --version ] && echo 4.0.0 || echo \"func $* in $(pwd) with $(ls local.settings.json)\"");

        var (exit, output) = await RunAsync(folder, project, storage: "UseDevelopmentStorage=false");

        Assert.True(exit == 0, output);
        Assert.Contains($"func start in {AppBuild.Output.TrimEnd('/')} with local.settings.json", output, StringComparison.Ordinal);
    }

    [UnixTheory]
    [MemberData(nameof(Folders))]
    public async Task Run_WithoutFunc_SaysSoInOneSentence(string folder, string project)
    {
        Func("exit 127");

        var (exit, output) = await RunAsync(folder, project, storage: "UseDevelopmentStorage=false");

        Assert.NotEqual(0, exit);
        Assert.Contains("install Azure Functions Core Tools 4", output, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Run_WithoutAzurite_SaysSoInOneSentence()
    {
        Func("[ \"$1\" = --version ] && echo 4.0.0");

        // A port on which nobody may listen.
        var (exit, output) = await RunAsync(".", "CallCenter.Functions", storage: "UseDevelopmentStorage=true", "-p:AzuritePort=9");

        Assert.NotEqual(0, exit);
        Assert.Contains("start Azurite", output, StringComparison.Ordinal);
    }

    public void Dispose() => _bin.Delete(recursive: true);

    private void Func(string script)
    {
        var file = Path.Combine(_bin.FullName, "func");
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private async Task<(int Exit, string Output)> RunAsync(string folder, string project, string storage, params string[] more)
    {
        using var run = Process.Start(new ProcessStartInfo("dotnet", ["run", "--no-build", "-c", AppBuild.Configuration, "--project", project, .. more])
        {
            WorkingDirectory = Path.Combine(Repository.Root, folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = $"{_bin.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
                ["AzureWebJobsStorage"] = storage,
                ["MSBUILDDISABLENODEREUSE"] = "1",
            },
        })!;
        var errors = run.StandardError.ReadToEndAsync();
        var output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        return (run.ExitCode, output + await errors);
    }
}

/// <summary>A test that needs a shell script.</summary>
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "It puts a shell script in the place of a program." : null;
}

/// <summary>The same.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "It puts a shell script in the place of a program." : null;
}
