using System.Diagnostics;

namespace CallCenter.Functions.Tests.Build;

/// <summary>The built program, started without a host.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("CallCenter__ResolveProbability", "1.5", "CallCenter:ResolveProbability")]
    [InlineData("CallCenter__MaxAttempts", "0", "CallCenter:MaxAttempts")]
    public async Task Program_WrongSetting_EndsAtOnceAndNamesIt(string variable, string value, string name)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppBuild.Output, "CallCenter.Functions.dll"), "--functions-uri", "http://127.0.0.1:9"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [variable] = value },
        })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var output = program.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = await program.StandardError.ReadToEndAsync(deadline.Token);
            await program.WaitForExitAsync(deadline.Token);

            Assert.NotEqual(0, program.ExitCode);
            Assert.Contains($"InvalidSettingException: The setting {name}", errors + await output, StringComparison.Ordinal);
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
    }
}
