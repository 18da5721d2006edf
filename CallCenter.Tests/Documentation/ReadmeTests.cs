using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallCenter.Durable.Definition;
using CallCenter.Tests.Api;

namespace CallCenter.Tests.Documentation;

/// <summary>What the documents say must be so.</summary>
public sealed partial class ReadmeTests
{
    /// <summary>Who looks at the blocks of a language.</summary>
    private static readonly HashSet<string> Languages =
    [
        "sh", // ShellDocumentTests runs them
        "text", // and compares these with what is printed
        "csharp", // SampleCodeTests, FromStepFunctionsTests
        "json", // Documents_EveryJsonBlock_IsJson, and FromStepFunctionsTests and SettingsOnPagesTests
        "mermaid", // Tour_Picture_IsTheDefinitionsExport
        "nginx", // ProxyPageTests, OutgrowingTests
        "yaml", // OperationsTests
        "caddyfile", // is the one that none looks at: there is no Caddy here
    ];

    [Fact]
    public void Tour_Picture_IsTheDefinitionsExport() =>
        Assert.Contains($"```mermaid\n{Mermaid.Export(TestWorkflows.CallCenter().Definition)}```", DocumentBlock.Read("docs/tour.md"), StringComparison.Ordinal);

    [Fact]
    public void Api_Table_NamesEveryRoute()
    {
        var rows = Regex.Matches(DocumentBlock.Read("docs/api.md"), @"^\| `(GET|POST|DELETE) (/api[^` ]*)`", RegexOptions.Multiline).Select(match => $"{match.Groups[1]} {match.Groups[2]}");

        // The table shows the call center's; those of other workflows are the same.
        var others = TestWorkflows.Served.Skip(1).Select(served => $"/api/{served.Workflow.Collection}").ToList();
        Assert.Equal(
            DocumentedAnswers.Program.Routes.Where(route => route.Template.StartsWith("/api", StringComparison.Ordinal) && !others.Any(route.Template.StartsWith)).Select(route => $"{route.Method} {route.Template}").Order(),
            rows.Order());
    }

    [Fact]
    public void Documents_RelativeLinks_LeadToFilesAndHeadings()
    {
        var dead =
            from document in DocumentBlock.Documents.Select(document => Path.Combine(Repository.Root, document))
            from Match link in LinkPattern().Matches(WithoutCode(document))
            let file = link.Groups["file"].Value is { Length: > 0 } path ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, path)) : document
            let anchor = link.Groups["anchor"].Value
            where !Path.Exists(file) || (anchor.Length > 0 && !Anchors(file).Contains(anchor))
            select $"{Path.GetFileName(document)} -> {link.Value}";

        Assert.Empty(dead);
    }

    [Fact]
    public void Documents_EveryBlock_IsLookedAtByATest() =>
        Assert.All(DocumentBlock.Documents.SelectMany(DocumentBlock.Of), block => Assert.True(Languages.Contains(block.Language),
            $"{block.Document}: a block of the language '{block.Language}', which no test looks at. Commands are 'sh', behind '<!-- not run: REASON -->' where no test can run them.\n{block.Text}"));

    [Fact]
    public void Documents_EveryJsonBlock_IsJson() =>
        Assert.All(DocumentBlock.Documents.SelectMany(DocumentBlock.Of).Where(block => block.Language == "json"),
            // A member or a few, as they stand within a file.
            block => JsonDocument.Parse(block.Text.StartsWith('{') ? block.Text : $"{{{block.Text}}}").Dispose());

    [Fact]
    public void Docs_EveryPage_SaysAtItsTopForWhomItIs() =>
        Assert.All(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"),
            document => Assert.StartsWith("For ", File.ReadLines(document).ElementAt(2), StringComparison.Ordinal));

    [Fact]
    public void Readme_Length_StaysAMinuteOrTwo() => Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, "README.md")).Count(), 1, 125);

    [Fact]
    public void CallCenterWorkflow_ItsPage_StaysOnePage()
    {
        var code = File.ReadLines(Path.Combine(Repository.Root, "CallCenter.Workflows", "CallCenter", "CallCenterWorkflow.cs"))
            .Count(line => line.Trim().Length > 0 && !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

        Assert.InRange(code, 1, 90);
    }

    private static string WithoutCode(string document) => CodePattern().Replace(File.ReadAllText(document).ReplaceLineEndings("\n"), "");

    /// <summary>The anchors of a page, as GitHub makes them of its headings.</summary>
    private static HashSet<string> Anchors(string document) =>
        [.. HeadingPattern().Matches(WithoutCode(document)).Select(heading => Anchor(heading.Groups[1].Value))];

    private static string Anchor(string heading)
    {
        var anchor = new StringBuilder();
        foreach (var letter in heading.Trim())
        {
            if (letter == ' ')
                anchor.Append('-');
            else if (char.IsLetterOrDigit(letter) || letter is '-' or '_')
                anchor.Append(char.ToLowerInvariant(letter));
        }
        return anchor.ToString();
    }

    [GeneratedRegex(@"\]\((?!https?:)(?<file>[^)#\s]*)(?:#(?<anchor>[^)\s]*))?\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodePattern();
}
