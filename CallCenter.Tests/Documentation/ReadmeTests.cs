using System.Text.RegularExpressions;
using CallCenter.Durable.Definition;
using CallCenter.Tests.Api;

namespace CallCenter.Tests.Documentation;

/// <summary>What the documents say must be so.</summary>
public sealed class ReadmeTests
{
    private static string Readme { get; } = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Readme_Picture_IsTheDefinitionsExport() =>
        Assert.Contains($"```mermaid\n{Mermaid.Export(TestWorkflows.CallCenter().Definition)}```", Readme, StringComparison.Ordinal);

    [Fact]
    public void Readme_ApiTable_NamesEveryRoute()
    {
        var rows = Regex.Matches(Readme, @"^\| `(GET|POST|DELETE) (/api[^` ]*)`", RegexOptions.Multiline).Select(match => $"{match.Groups[1]} {match.Groups[2]}");

        // The table shows the call center's; those of other workflows are the same.
        var others = TestWorkflows.Served.Skip(1).Select(served => $"/api/{served.Workflow.Collection}").ToList();
        Assert.Equal(
            DocumentedAnswers.Program.Routes.Where(route => route.Template.StartsWith("/api", StringComparison.Ordinal) && !others.Any(route.Template.StartsWith)).Select(route => $"{route.Method} {route.Template}").Order(),
            rows.Order());
    }

    [Fact]
    public void Documents_RelativeLinks_LeadToFiles()
    {
        var documents = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Append(Path.Combine(Repository.Root, "README.md")).Append(Path.Combine(Repository.Root, "CONTRIBUTING.md"));

        var dead = documents.SelectMany(document => Regex.Matches(File.ReadAllText(document), @"\]\((?!https?:|#)([^)#]+)")
            .Select(match => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, match.Groups[1].Value)))
            .Where(target => !File.Exists(target) && !Directory.Exists(target))
            .Select(target => $"{Path.GetFileName(document)} -> {target}"));

        Assert.Empty(dead);
    }

    [Fact]
    public void CallCenterWorkflow_ItsPage_StaysOnePage()
    {
        var code = File.ReadLines(Path.Combine(Repository.Root, "CallCenter.Workflows", "CallCenter", "CallCenterWorkflow.cs"))
            .Count(line => line.Trim().Length > 0 && !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

        Assert.InRange(code, 1, 90);
    }
}
