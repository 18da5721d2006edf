namespace CallCenter.Tests.Documentation;

/// <summary>The code that documents show is code that is compiled, and run by the tests of the samples. FromStepFunctionsTests has a page of its own.</summary>
public sealed class SampleCodeTests
{
    public static TheoryData<string> WithCode =>
        [.. DocumentBlock.Documents.Where(document => document != "docs/from-step-functions.md" && CodeOf(document).Any())];

    private static readonly IReadOnlyList<string> Compiled =
    [
        .. new[] { Path.Combine("samples", "HelloWorld"), Path.Combine("samples", "OwnParts"), Path.Combine("CallCenter.Tests", "Samples"), Path.Combine("CallCenter.Functions.Tests", "Samples") }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs"))
            .Select(file => Dense(File.ReadAllText(file))),
    ];

    [Theory]
    [MemberData(nameof(WithCode))]
    public void Code_OfTheDocument_IsThatOfTheSamples(string document)
    {
        var parts = CodeOf(document).SelectMany(block => block.Text.Split("\n\n"));

        Assert.All(parts, part => Assert.True(Compiled.Any(code => code.Contains(Dense(part), StringComparison.Ordinal)), part));
    }

    private static IEnumerable<DocumentBlock> CodeOf(string document) => DocumentBlock.Of(document).Where(block => block is { Language: "csharp", NotRun: null });

    private static string Dense(string code) => string.Concat(code.Where(letter => !char.IsWhiteSpace(letter)));
}
