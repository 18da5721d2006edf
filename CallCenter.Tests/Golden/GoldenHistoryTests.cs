using System.Text.Json.Nodes;
using CallCenter.Runtime.History;

namespace CallCenter.Tests.Golden;

/// <summary>Histories of every way through the process, kept as an earlier program wrote them: each must replay to the same state after each of its events.</summary>
public sealed class GoldenHistoryTests
{
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(GoldenFolder.Of("histories"), "*.history").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Replay_AfterEachEvent_ComesToTheStateOfThen(string name)
    {
        var expected = JsonNode.Parse(File.ReadAllText(GoldenFolder.Of($"histories/{name}.json")))!;

        // They say nothing any more, and are read over: the state after one is that of the event before it.
        var replayed = expected["replayed"]!.AsArray();
        replayed.RemoveAll(step => (string?)step!["after"] == nameof(HistoryKind.TaskRetaken));

        var actual = GoldenHistory.Describe((string)expected["instanceId"]!, File.ReadAllBytes(GoldenFolder.Of($"histories/{name}.history")));

        Assert.Null(GoldenAnswers.Difference(expected, actual));
    }
}
