using System.Diagnostics;

namespace CallCenter.Tests.Browser;

/// <summary>The console's pure modules (words, schemas, addresses, changes), held to their tests in <c>Browser/js</c> by Node.js's own runner.</summary>
public sealed class ModuleTests
{
    [NodeFact]
    public async Task Modules_InNode_PassTheirTests()
    {
        var tests = Directory.GetFiles(NodeFactAttribute.Tests!, "*.test.mjs");
        Assert.NotEmpty(tests);
        var start = new ProcessStartInfo(NodeFactAttribute.Node!, ["--test", "--test-reporter=tap", .. tests])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();

        Assert.True(node.ExitCode == 0, output + await errors);
        Assert.Contains("# fail 0", output, StringComparison.Ordinal);
        Assert.DoesNotContain("# pass 0", output, StringComparison.Ordinal);
    }
}

/// <summary>A test that needs Node.js and the sources beside the test assembly.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip =
        Node is null ? "Node.js was not found: install Node.js 20 or newer."
        : Tests is null ? "The sources are not there: these tests read CallCenter.Tests/Browser/js."
        : null;

    public static string? Node { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { "node", "node.exe" }, Path.Combine)
        .FirstOrDefault(File.Exists);

    public static string? Tests { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "CallCenter.Tests", "Browser", "js") is var tests && Directory.Exists(tests))
                return tests;
        }
        return null;
    }
}
