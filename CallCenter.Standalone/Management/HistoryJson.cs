using System.Globalization;
using System.Text;
using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;

namespace CallCenter.Standalone.Management;

/// <summary>
/// The history as Durable Functions shows it: PascalCase, a scheduled task merged into its end, inputs as JSON texts (a task's as an
/// array of one, which is what the isolated worker sends), a retry as a failed task and a timer.
/// </summary>
internal static class HistoryJson
{
    public static void Write(Utf8JsonWriter writer, CommittedInstance shown, bool withResults)
    {
        writer.WriteStartArray();
        var retries = new Dictionary<int, AttemptFailed>();
        var events = HistoryReader.ReadAll(shown.History);
        for (var i = 0; i < events.Count; i++)
        {
            // An end that was taken back is none: whoever looks for the end finds the last one alone.
            if (events[i] is not ExecutionEnded || i == events.Count - 1 || events[i + 1] is not ExecutionRewound)
                Write(writer, events[i], retries, withResults);
        }
        foreach (var step in shown.Pending)
        {
            Event(writer, "TaskScheduled", step.AskedAt, () =>
            {
                writer.WriteString("Name", step.Name);
                writer.WriteString("Input", $"[{Text(step.Input)}]");
            });
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, HistoryEvent item, Dictionary<int, AttemptFailed> retries, bool withResults)
    {
        switch (item)
        {
            case ExecutionStarted started:
                Event(writer, "ExecutionStarted", item.At, () =>
                {
                    writer.WriteString("FunctionName", started.Name);
                    writer.WriteString("Input", Text(started.Input));
                });
                break;
            case TaskCompleted done:
                RetryFired(writer, retries, done.Sequence, done.StartedAt);
                Event(writer, "TaskCompleted", item.At, () =>
                {
                    Task(writer, done.Name, done.StartedAt, done.Input);
                    if (withResults)
                        Raw(writer, "Result", done.Result);
                });
                break;
            case TaskFailed failed:
                RetryFired(writer, retries, failed.Sequence, failed.StartedAt);
                Event(writer, "TaskFailed", item.At, () =>
                {
                    Task(writer, failed.Name, failed.StartedAt, failed.Input);
                    Failure(writer, failed.Error);
                });
                break;
            case AttemptFailed attempt:
                RetryFired(writer, retries, attempt.Sequence, attempt.StartedAt);
                Event(writer, "TaskFailed", item.At, () =>
                {
                    Task(writer, attempt.Name, attempt.StartedAt, null);
                    Failure(writer, attempt.Error);
                });
                Timer(writer, "TimerCreated", item.At, attempt.NextAt);
                retries[attempt.Sequence] = attempt;
                break;
            case TimerFired fired:
                Timer(writer, "TimerFired", item.At, fired.DueAt);
                break;
            case EventRaised raised:
                Event(writer, "EventRaised", item.At, () =>
                {
                    writer.WriteString("Name", raised.Name);
                    writer.WriteString("Input", Text(raised.Payload));
                });
                break;
            case ExecutionSuspended suspended: Reason(writer, "ExecutionSuspended", item.At, suspended.Reason); break;
            case ExecutionResumed resumed: Reason(writer, "ExecutionResumed", item.At, resumed.Reason); break;
            case ExecutionRewound rewound: Reason(writer, "ExecutionRewound", item.At, rewound.Reason); break;
            case ExecutionEnded end: Ended(writer, end, withResults); break;
        }
    }

    private static void Ended(Utf8JsonWriter writer, ExecutionEnded end, bool withResults)
    {
        if (end is ExecutionTerminated terminated)
            Reason(writer, "ExecutionTerminated", end.At, terminated.Reason);
        Event(writer, "ExecutionCompleted", end.At, () =>
        {
            writer.WriteString("OrchestrationStatus", end.Status.ToString());
            if (end is ExecutionCompleted completed && withResults)
                Raw(writer, "Result", completed.Output);
            if (end is ExecutionFailed failed)
                Failure(writer, failed.Error);
        });
    }

    private static void Event(Utf8JsonWriter writer, string type, DateTime at, Action? more = null)
    {
        writer.WriteStartObject();
        writer.WriteString("EventType", type);
        writer.WriteString("Timestamp", Time(at));
        more?.Invoke();
        writer.WriteEndObject();
    }

    private static void Task(Utf8JsonWriter writer, string name, DateTime startedAt, ReadOnlyMemory<byte>? input)
    {
        writer.WriteString("ScheduledTime", Time(startedAt));
        writer.WriteString("FunctionName", name);
        if (input is { } json)
            writer.WriteString("Input", $"[{Text(json)}]");
    }

    private static void Failure(Utf8JsonWriter writer, ErrorDetails error)
    {
        writer.WriteString("Reason", error.Message);
        writer.WriteString("Details", $"{error.Type}: {error.Message}");
        writer.WriteStartObject("FailureDetails");
        writer.WriteString("ErrorType", error.Type);
        writer.WriteString("ErrorMessage", error.Message);
        writer.WriteEndObject();
    }

    private static void Reason(Utf8JsonWriter writer, string type, DateTime at, string? reason) =>
        Event(writer, type, at, () => writer.WriteString("Reason", reason));

    private static void Timer(Utf8JsonWriter writer, string type, DateTime at, DateTime fireAt) =>
        Event(writer, type, at, () => writer.WriteString("FireAt", Time(fireAt)));

    /// <summary>The wait before an attempt ended when that attempt began.</summary>
    private static void RetryFired(Utf8JsonWriter writer, Dictionary<int, AttemptFailed> retries, int sequence, DateTime startedAt)
    {
        if (retries.Remove(sequence, out var attempt))
            Timer(writer, "TimerFired", startedAt, attempt.NextAt);
    }

    private static void Raw(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json.Span);
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    public static string Time(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
