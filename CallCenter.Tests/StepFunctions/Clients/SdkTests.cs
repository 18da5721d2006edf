using System.Diagnostics;
using CallCenter.Tests.Browser;
using CallCenter.Tests.Keys;

namespace CallCenter.Tests.StepFunctions.Clients;

/// <summary>The real AWS SDK for JavaScript.</summary>
public sealed class SdkTests
{
    private const string Key = "a-key/of+16=chars";

    [SdkFact]
    public async Task Sdk_StartToEnd_SeesWhatItSeesOnAws()
    {
        await using var host = await KeyHost.StartAsync("--CallCenter:ApiKey", Key);
        var start = new ProcessStartInfo(NodeFactAttribute.Node!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(Repository.Root, "CallCenter.Tests", "StepFunctions", "Clients", "sdk.cjs"), $"{new Uri(host.Url, "/aws")}", Key])
            start.ArgumentList.Add(argument);
        start.Environment["NODE_PATH"] = SdkFactAttribute.Modules;
        using var node = Process.Start(start)!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.True(node.ExitCode == 0, await error);
        Assert.Equal(
            """{"isDate":true,"isTyped":true,"names":2,"status":"SUCCEEDED","output":{"Case":"Müller","Status":1,"Message":"Case Müller: opened...assigned...resolved...closed."}"""
            + ""","case":"Müller","again":"TaskTimedOut","machine":"ACTIVE","wrongKey":"InvalidSignatureException","slowClock":2}""",
            (await output).Trim());
    }
}

/// <summary>A test that needs the AWS SDK for JavaScript.</summary>
public sealed class SdkFactAttribute : FactAttribute
{
    public SdkFactAttribute() => Skip =
        NodeFactAttribute.Node is null ? "Node.js was not found: install Node.js 20 or newer."
        : Modules is null ? "Nobody said where the AWS SDK for JavaScript is: npm install @aws-sdk/client-sfn in any folder, and set CALLCENTER_NODE_MODULES to its node_modules."
        : null;

    /// <summary>The folder that it is in.</summary>
    internal static string? Modules { get; } = new[] { "CALLCENTER_NODE_MODULES", "NODE_PATH" }
        .Select(Environment.GetEnvironmentVariable)
        .FirstOrDefault(folder => !string.IsNullOrEmpty(folder) && Directory.Exists(Path.Combine(folder, "@aws-sdk", "client-sfn")));
}
