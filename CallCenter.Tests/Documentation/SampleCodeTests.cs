using System.Text.RegularExpressions;

namespace CallCenter.Tests.Documentation;

/// <summary>The code that the pages about workflows and parts of one's own show is code that is compiled, and run by the tests of the samples.</summary>
public sealed partial class SampleCodeTests
{
    private static readonly IReadOnlyList<string> Compiled =
    [
        .. new[] { Path.Combine("samples", "HelloWorld"), Path.Combine("samples", "OwnParts"), Path.Combine("CallCenter.Tests", "Samples") }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs"))
            .Select(file => Dense(File.ReadAllText(file))),
    ];

    [Theory]
    [InlineData("your-own-workflow.md")]
    [InlineData("your-own-parts.md")]
    public async Task Code_OfThePage_IsThatOfTheSamples(string page)
    {
        var text = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", page))).ReplaceLineEndings("\n");
        var parts = BlockPattern().Matches(text).SelectMany(block => block.Groups[1].Value.Split("\n\n")).ToList();

        Assert.NotEmpty(parts);
        Assert.All(parts, part => Assert.True(Compiled.Any(code => code.Contains(Dense(part), StringComparison.Ordinal)), part));
    }

    private static string Dense(string code) => string.Concat(code.Where(letter => !char.IsWhiteSpace(letter)));

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex BlockPattern();
}
