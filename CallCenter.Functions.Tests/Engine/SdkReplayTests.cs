using System.Text.Json;
using CallCenter.Tests.Support;
using P = Microsoft.DurableTask.Protobuf;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>
/// The histories that CallCenter.Tests/Replaying replays on the embedded runtime, on the SDK's engine. A change that breaks one of them breaks cases that run: give the
/// process an option whose absence means the old way, or the orchestration a new name.
/// </summary>
public sealed class SdkReplayTests
{
    private static readonly string Tests = Path.Combine(Repository.Root, "CallCenter.Tests");

    /// <summary>Ended by the embedded runtime itself, not by the process.</summary>
    private static readonly string[] OfTheRuntime = ["given-up"];

    public static TheoryData<string> Names =>
        [.. new[] { Path.Combine("Golden", "Format1", "histories"), Path.Combine("Replaying", "Functions") }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Tests, folder), "*.json"))
            .Where(path => !OfTheRuntime.Contains(Path.GetFileNameWithoutExtension(path)))
            .Select(path => Path.GetRelativePath(Tests, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Replay_HistoryOfTheManagementApi_EndsAsRecorded(string name)
    {
        var status = JsonElement.Parse(File.ReadAllText(Path.Combine(Tests, name)));
        var replay = new SdkReplay(status.GetProperty("instanceId").GetString()!);

        var end = replay.Run(status);

        var recorded = end.ValueKind == JsonValueKind.Undefined ? "" : end.GetProperty("OrchestrationStatus").GetString();
        if (recorded is "" or "Terminated")
        {
            Assert.Null(replay.End);
            return;
        }
        Assert.NotNull(replay.End);
        if (recorded == "Completed")
        {
            Assert.Equal(P.OrchestrationStatus.Completed, replay.End.OrchestrationStatus);
            Assert.True(JsonElement.DeepEquals(end.GetProperty("Result"), JsonElement.Parse(replay.End.Result)), replay.End.Result);
        }
        else
        {
            Assert.Equal(P.OrchestrationStatus.Failed, replay.End.OrchestrationStatus);
            Assert.Equal(end.GetProperty("FailureDetails").GetProperty("ErrorMessage").GetString(), replay.End.FailureDetails.ErrorMessage);
        }
    }
}
