using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;
using CallCenter.Standalone.Management;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Golden;

/// <summary>What a history says, and what the process comes to when it is replayed, as JSON.</summary>
internal static class GoldenHistory
{
    private static readonly OrchestrationRegistry Registry = TestWorkflows.Registry(new CoinTossWorker(1));

    /// <param name="id">The instance.</param>
    /// <param name="bytes">Its history, as it stands in the journal.</param>
    public static JsonObject Describe(string id, ReadOnlyMemory<byte> bytes)
    {
        var events = HistoryReader.ReadAll(bytes);
        var whole = Replay(id, events);
        return new JsonObject
        {
            ["instanceId"] = id,
            ["historyEvents"] = Shape(id, bytes, events, whole),
            ["customStatus"] = EarlierForm.Of(Parse(whole.CustomStatus?.Json)),
            ["keptCustomStatus"] = Parse(events.OfType<CustomStatusKept>().LastOrDefault()?.Status),
            ["replayed"] = new JsonArray([.. Enumerable.Range(1, events.Count).Select(count => After(id, events[..count]))]),
        };
    }

    private static OrchestrationRun Replay(string id, IReadOnlyList<HistoryEvent> events) =>
        new(id, Registry.FindOrchestration("CallCenterOrchestrator")!, Registry.Json, events, () => { });

    /// <summary>Where the process stands when the history ends here.</summary>
    private static JsonObject After(string id, List<HistoryEvent> events)
    {
        var run = Replay(id, events);
        var progress = Parse(run.CustomStatus?.Json);
        return new JsonObject
        {
            ["after"] = events[^1].GetType().Name,
            ["state"] = progress?["state"]?.DeepClone(),
            ["attempt"] = progress?["attempt"]?.DeepClone(),
            ["waitingFor"] = progress?["waitingFor"]?.DeepClone(),
            ["suspended"] = run.IsSuspended,
            ["open"] = new JsonArray([.. run.Open.Select(step => Open(run, step))]),
            ["outcome"] = Outcome(run.Outcome),
        };
    }

    private static JsonObject Open(OrchestrationRun run, OpenStep step)
    {
        var json = new JsonObject { ["sequence"] = step.Sequence, ["what"] = step.Description, ["resultIsHeld"] = run.Holds(step) };
        if (step is ActivityStep activity)
        {
            json["input"] = Parse(activity.Input);
            json["failures"] = activity.Failures;
            json["nextAt"] = activity.NextAt;
        }
        else
            json["dueAt"] = ((WaitStep)step).DueAt;
        return json;
    }

    private static JsonObject? Outcome(ExecutionEnded? end) => end switch
    {
        null => null,
        ExecutionCompleted completed => new JsonObject { ["status"] = $"{end.Status}", ["output"] = Parse(completed.Output) },
        ExecutionFailed failed => new JsonObject { ["status"] = $"{end.Status}", ["type"] = failed.Error.Type, ["message"] = failed.Error.Message },
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "A replay completes or fails."),
    };

    private static JsonNode? Shape(string id, ReadOnlyMemory<byte> bytes, List<HistoryEvent> events, OrchestrationRun run)
    {
        var end = events.OfType<ExecutionEnded>().LastOrDefault();
        var shown = new CommittedInstance(
            id, (ExecutionStarted)events[0], end?.Status ?? OrchestrationRuntimeStatus.Running, events[^1].At, run.CustomStatus, end, bytes,
            end is null ? [.. run.Open.OfType<ActivityStep>()] : []);
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
            HistoryJson.Write(writer, shown, withResults: true);
        return Parse(json.ToArray());
    }

    private static JsonNode? Parse(ReadOnlyMemory<byte>? json) => json is { IsEmpty: false } some ? JsonNode.Parse(some.Span) : null;
}
