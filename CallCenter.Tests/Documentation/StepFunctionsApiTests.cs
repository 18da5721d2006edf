using CallCenter.Api.StepFunctions;

namespace CallCenter.Tests.Documentation;

/// <summary>docs/step-functions-api.md names every operation, those that are refused too.</summary>
public sealed class StepFunctionsApiTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "step-functions-api.md"));

    [Fact]
    public void Operations_ThatAreAnswered_StandInTheDocument() =>
        Assert.All(Operations.Answered, name => Assert.Contains(name, Document, StringComparison.Ordinal));

    [Fact]
    public void Operations_ThatAreRefused_StandInTheDocumentByNameOrKind() =>
        Assert.All(Operations.NotAnswered, name => Assert.True(
            Document.Contains(name, StringComparison.Ordinal)
            || new[] { "Version", "Alias", "Tag", "Untag", "MapRun", "Activity" }.Any(kind => name.Contains(kind, StringComparison.Ordinal)),
            name));
}
