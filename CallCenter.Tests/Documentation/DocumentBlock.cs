using System.Text.RegularExpressions;

namespace CallCenter.Tests.Documentation;

/// <summary>A fenced block of a document.</summary>
/// <param name="Document">The document's path within the repository, with slashes.</param>
/// <param name="Language">The word behind the fence, or nothing.</param>
/// <param name="Text">The lines between the fences.</param>
/// <param name="NotRun">Why no test runs it: what the comment above it says; null without one.</param>
/// <param name="Output">The <c>text</c> block right behind it: what its last line prints; null without one.</param>
internal sealed partial record DocumentBlock(string Document, string Language, string Text, string? NotRun, string? Output)
{
    /// <summary>What people read, each by its path within the repository: the README and its kind, docs/, and the READMEs of folders.</summary>
    public static IReadOnlyList<string> Documents { get; } =
    [
        .. new[] { ".", "docs", "bench", "CallCenter.Standalone", "CallCenter.Tests/Golden" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md"))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace(Path.DirectorySeparatorChar, '/')),
    ];

    /// <summary>A command of a shell, and not one that no test can run.</summary>
    public bool IsRun => Language == "sh" && NotRun is null;

    /// <summary>The blocks of a document, in their order.</summary>
    public static IReadOnlyList<DocumentBlock> Of(string document) =>
        [.. BlockPattern().Matches(Read(document)).Select(block => new DocumentBlock(document, block.Groups["language"].Value, block.Groups["text"].Value, Value(block.Groups["reason"]), Value(block.Groups["output"])))];

    /// <summary>The text of a document, with line feeds alone.</summary>
    public static string Read(string document) => File.ReadAllText(Path.Combine(Repository.Root, document)).ReplaceLineEndings("\n");

    private static string? Value(Group group) => group.Success ? group.Value : null;

    [GeneratedRegex(@"(?:^ *<!-- not run: (?<reason>[^\n]+) -->\n)?^ *```(?<language>[^\n]*)\n(?<text>.*?)\n *```$(?:\n\n```text\n(?<output>.*?)\n```$)?", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex BlockPattern();
}
