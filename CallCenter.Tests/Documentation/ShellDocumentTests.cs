using CallCenter.Tests.Crash;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Documentation;

/// <summary>What the README, the tour and the pages about the samples tell people to type works, in that order, and prints what they say.</summary>
[Collection(CrashTestGroup.Name)]
public sealed class ShellDocumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ShellFact]
    public Task Readme_EveryLine_DoesWhatItSays() => RunAsync(7, "README.md");

    [ShellFact]
    public Task Tour_EveryLine_DoesWhatItSays() => RunAsync(30, "docs", "tour.md");

    [ShellTheory]
    [InlineData("your-own-workflow.md")]
    [InlineData("your-own-parts.md")]
    public Task Sample_EveryLineOfItsPage_DoesWhatItSays(string page) => RunAsync(2, "docs", page);

    private async Task RunAsync(int atLeast, params string[] path)
    {
        await using var document = new ShellDocument(Path.Combine(_folder.Path, "data"));
        await document.RunAsync((await File.ReadAllTextAsync(Path.Combine([Repository.Root, .. path]))).ReplaceLineEndings("\n"));

        // So that a change in how blocks are marked does not end the test unseen.
        Assert.InRange(document.Lines, atLeast, int.MaxValue);
    }
}
