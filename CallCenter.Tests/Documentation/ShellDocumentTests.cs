using CallCenter.Tests.Crash;
using CallCenter.Tests.StepFunctions.Clients;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Documentation;

/// <summary>What the documents tell people to type works, in that order, and prints what they say.</summary>
[Collection(CrashTestGroup.Name)]
public sealed class ShellDocumentTests : IDisposable
{
    private const string ForTheAwsCli = "docs/step-functions-api.md";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> WithCommands =>
        [.. DocumentBlock.Documents.Where(document => document != ForTheAwsCli && DocumentBlock.Of(document).Any(block => block.IsRun))];

    public void Dispose() => _folder.Dispose();

    [ShellTheory]
    [MemberData(nameof(WithCommands))]
    public async Task Document_EveryLine_DoesWhatItSays(string document)
    {
        await using var shell = new ShellDocument(_folder.Path);

        await shell.RunAsync(document);
    }

    [AwsCliFact]
    public Task StepFunctionsApi_EveryLine_DoesWhatItSays() => Document_EveryLine_DoesWhatItSays(ForTheAwsCli);
}
