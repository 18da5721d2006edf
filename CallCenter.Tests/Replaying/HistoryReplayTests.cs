using System.Text.Json;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Replaying;
using CallCenter.Standalone.Commands;
using CallCenter.Tests.Golden;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Replaying;

/// <summary>
/// Histories of every way through the process, as they stand in a journal and as the management API shows them, against the code of today. A change that breaks
/// one of them breaks cases that run: give the process an option whose absence means the old way, or the orchestration a new name.
/// </summary>
public sealed class HistoryReplayTests
{
    private static readonly OrchestrationRegistry Today = TestWorkflows.Registry(new CoinTossWorker(1));
    private static readonly OrchestrationRegistry Swapped = Registry(new() { ["OpenCase"] = "AssignCase", ["AssignCase"] = "OpenCase" });
    private static readonly OrchestrationRegistry OneMore = Registry([], "TellAll");

    public static TheoryData<string> Names => GoldenHistoryTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Replay_GoldenHistory_IsTheSame(string name) => Assert.Equal(Replay.Same, Of(Today, name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Replay_GoldenHistoryInTheManagementApisShape_IsTheSame(string name) => Assert.Equal(Replay.Same, Shown(Today, name));

    /// <summary>As the Functions host's management API has shown them, on Azure Storage.</summary>
    public static TheoryData<string> OfFunctions =>
        [.. Directory.EnumerateFiles(FunctionsFolder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    private static string FunctionsFolder => Path.Combine(Repository.Root, "CallCenter.Tests", "Replaying", "Functions");

    [Theory]
    [MemberData(nameof(OfFunctions))]
    public void Replay_HistoryOfTheFunctionsHost_IsTheSame(string name)
    {
        var file = Path.Combine(FunctionsFolder, $"{name}.json");

        Assert.Equal(Replay.Same, HistoryFile.Replay(file, Today).Replay);
        Assert.Equal(ReplayOutcome.Diverges, HistoryFile.Replay(file, Swapped).Replay.Outcome);
    }

    [Theory]
    [InlineData("resolved")]
    [InlineData("unresolved")]
    [InlineData("waiting-agent")]
    [InlineData("terminated")]
    public void Replay_TwoStepsSwapped_DivergesAtTheFirst(string name)
    {
        Assert.Equal(
            new Replay(ReplayOutcome.Diverges, "step 0: the activity 'OpenCase'", "the activity 'AssignCase'"), Of(Swapped, name));
        Assert.Equal(
            new Replay(ReplayOutcome.Diverges, "the activity 'OpenCase'", "asked for the activity 'AssignCase'"), Shown(Swapped, name));
    }

    [Fact]
    public void Replay_OneStepMore_EndedHistoriesEndOtherwiseAndOpenOnesAreTheSame()
    {
        var ended = Of(OneMore, "resolved");

        Assert.Equal((ReplayOutcome.EndsOtherwise, "goes on and waits for the activity 'TellAll'"), (ended.Outcome, ended.Found));
        Assert.StartsWith("completed with {\"Case\":", ended.Expected, StringComparison.Ordinal);
        Assert.Equal(ended, Shown(OneMore, "resolved"));
        Assert.Equal(Replay.Same, Of(OneMore, "waiting-agent"));
        Assert.Equal(Replay.Same, Shown(OneMore, "waiting-agent"));
        // It fails before it comes to the step.
        Assert.Equal(Replay.Same, Of(OneMore, "unresolved"));
    }

    [Fact]
    public void Replay_OneStepLess_OpenHistoryDiverges()
    {
        var shorter = new OrchestrationRegistry();
        shorter.AddOrchestration<JsonElement, JsonElement>("CallCenterOrchestrator", (_, input) => Task.FromResult(input));

        var open = Of(shorter, "waiting-agent");

        Assert.Equal(ReplayOutcome.Diverges, open.Outcome);
        Assert.Equal("step 0: the activity 'OpenCase'", open.Expected);
    }

    [Fact]
    public void Replay_OrchestrationThatIsGone_Diverges()
    {
        var none = new OrchestrationRegistry();

        Assert.Equal(Replay.Unknown("CallCenterOrchestrator"), Of(none, "resolved"));
        Assert.Equal(Replay.Unknown("CallCenterOrchestrator"), Shown(none, "resolved"));
    }

    private static Replay Of(OrchestrationRegistry registry, string name) =>
        HistoryReplay.Of(registry, name, HistoryReader.ReadAll(File.ReadAllBytes(GoldenFolder.Of($"histories/{name}.history"))));

    private static Replay Shown(OrchestrationRegistry registry, string name) =>
        HistoryFile.Replay(GoldenFolder.Of($"histories/{name}.json"), registry).Replay;

    private static OrchestrationRegistry Registry(Dictionary<string, string> swapped, string? oneMore = null)
    {
        var registry = new OrchestrationRegistry();
        new ChangedWorkflow(TestWorkflows.CallCenter()) { Swapped = swapped, OneMore = oneMore }.Register(registry);
        return registry;
    }
}
