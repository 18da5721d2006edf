using System.Text;
using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;
using CallCenter.Runtime;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Replaying;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Recovery;
using CallCenter.Standalone.Management;

namespace CallCenter.Standalone.Commands;

/// <summary>
/// One history as the management API of both hosts shows it (<c>instances/{id}?showHistory=true&amp;showHistoryOutput=true</c>): kept beside the tests,
/// it is replayed by every build to come.
/// </summary>
internal static class HistoryFile
{
    /// <summary>Writes the history of an instance, with everything that a replay needs.</summary>
    /// <exception cref="StoreFolderException">There is no such instance.</exception>
    public static int Print(JournalView journal, OrchestrationRegistry registry, string id, TextWriter output)
    {
        var shown = Find(journal, registry, id) ?? throw new StoreFolderException(journal.Folder, $"contains no instance '{id}'.");
        var query = new ManagementQuery(new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>
        {
            ["showHistory"] = "true",
            ["showHistoryOutput"] = "true",
        }));
        output.WriteLine(Encoding.UTF8.GetString(JsonText.Write(writer => ManagementJson.Status(writer, shown, query, []))));
        return 0;
    }

    /// <summary>Replays a file.</summary>
    /// <returns>The instance's id, and what came of it.</returns>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static (string Id, Replay Replay) Replay(string path, OrchestrationRegistry registry)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Replay(json.RootElement, registry);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"The file '{path}' is not a history as the management API shows it with showHistory=true&showHistoryOutput=true: {wrong.Message}", wrong);
        }
    }

    /// <summary>Replays the body of the management API.</summary>
    public static (string Id, Replay Replay) Replay(JsonElement status, OrchestrationRegistry registry)
    {
        var id = status.GetProperty("instanceId").GetString()!;
        RecordedRun? run = null;
        ExecutionEnded? end = null;
        foreach (var item in status.GetProperty("historyEvents").EnumerateArray())
        {
            if (run is not null)
                end = Apply(run, item) ?? end;
            else if (TypeOf(item) == "ExecutionStarted")
            {
                var started = new ExecutionStarted(At(item), Text(item, "FunctionName") ?? Text(item, "Name")!, InputOf(item) ?? RuntimeJson.Null);
                if (registry.FindOrchestration(started.Name) is not { } code)
                    return (id, Runtime.Replaying.Replay.Unknown(started.Name));
                run = new RecordedRun(registry, code, id, started);
            }
        }
        return (id, (run ?? throw new FormatException("it does not begin with ExecutionStarted.")).Verdict(end));
    }

    private static ExecutionEnded? Apply(RecordedRun run, JsonElement item)
    {
        var at = At(item);
        switch (TypeOf(item))
        {
            case "TaskScheduled": run.Await(Name(item)); break;
            case "TaskCompleted": run.Complete(Name(item), TaskInput(item), at, Time(item, "ScheduledTime"), ResultOf(item)); break;
            case "TaskFailed": run.Fail(Name(item), TaskInput(item), at, Time(item, "ScheduledTime"), ErrorOf(item) ?? new ErrorDetails("", Text(item, "Reason") ?? "")); break;
            case "TimerCreated": run.CreateTimer(Time(item, "FireAt")); break;
            case "TimerFired": run.Fire(at, Time(item, "FireAt")); break;
            case "EventRaised": run.Apply(new EventRaised(at, Text(item, "Name")!, InputOf(item) ?? RuntimeJson.Null)); break;
            case "ExecutionSuspended": run.Apply(new ExecutionSuspended(at, null)); break;
            case "ExecutionResumed": run.Apply(new ExecutionResumed(at, null)); break;
            case "ExecutionTerminated": return new ExecutionTerminated(at, null);
            case "ExecutionCompleted":
                return Text(item, "OrchestrationStatus") switch
                {
                    "Completed" => new ExecutionCompleted(at, ResultOf(item)),
                    "Failed" => new ExecutionFailed(at, ErrorOf(item) ?? ReplayVerdict.AnyError),
                    _ => new ExecutionTerminated(at, null),
                };
        }
        return null;
    }

    private static CommittedInstance? Find(JournalView journal, OrchestrationRegistry registry, string id)
    {
        if (journal.Unfinished.FirstOrDefault(one => one.Id == id) is not { } open)
        {
            return journal.Instances.Find(id) is { } entry && journal.Instances.ReadArchive(entry) is { } archive
                ? CommittedInstance.FromArchive(archive)
                : null;
        }
        var history = HistoryReader.ReadAll(open.Payloads);
        var writer = new HistoryWriter();
        writer.Write([.. history]);
        var run = HistoryReplay.Run(registry, id, history);
        return new(
            id, (ExecutionStarted)history[0], run is { IsSuspended: true } ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running,
            history[^1].At, run?.CustomStatus, null, writer.Written, run is { Fatal: null } ? [.. run.Open.OfType<ActivityStep>()] : []);
    }

    private static string? TypeOf(JsonElement item) => Text(item, "EventType");

    private static string Name(JsonElement item) => Text(item, "FunctionName") ?? Text(item, "Name")!;

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTime At(JsonElement item) => Time(item, "Timestamp");

    private static DateTime Time(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? Whole(value.GetDateTime().ToUniversalTime()) : default;

    private static DateTime Whole(DateTime time) => new(time.Ticks - time.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    /// <summary>The input of an instance or an event: JSON in a text.</summary>
    private static ReadOnlyMemory<byte>? InputOf(JsonElement item) => Text(item, "Input") is { } text ? Encoding.UTF8.GetBytes(text) : null;

    /// <summary>The input of a task: the same as an array of one, which is what the isolated worker sends.</summary>
    private static ReadOnlyMemory<byte>? TaskInput(JsonElement item) =>
        Text(item, "Input") is ['[', .. var inner, ']'] ? Encoding.UTF8.GetBytes(inner) : null;

    private static ReadOnlyMemory<byte> ResultOf(JsonElement item) =>
        item.TryGetProperty("Result", out var result) ? JsonText.Write(result.WriteTo) : RuntimeJson.Null;

    private static ErrorDetails? ErrorOf(JsonElement item) =>
        item.TryGetProperty("FailureDetails", out var details) && details.ValueKind == JsonValueKind.Object
            ? new(Text(details, "ErrorType") ?? "", Text(details, "ErrorMessage") ?? "")
            : null;
}
