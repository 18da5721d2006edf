using System.Text;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;

namespace CallCenter.Runtime.Execution;

/// <summary>What may be shown of an instance: all of it is on disk.</summary>
/// <param name="Id">The instance id.</param>
/// <param name="Started">Its start.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="LastUpdatedAt">When anything last happened to it (UTC).</param>
/// <param name="CustomStatus">Its custom status; null while none was set.</param>
/// <param name="End">How it ended.</param>
/// <param name="History">Its history as <see cref="HistoryReader"/> reads it.</param>
/// <param name="Pending">The activities that it has asked for and that have not ended.</param>
internal sealed record CommittedInstance(
    string Id,
    ExecutionStarted Started,
    OrchestrationRuntimeStatus Status,
    DateTime LastUpdatedAt,
    PublishedStatus? CustomStatus,
    ExecutionEnded? End,
    ReadOnlyMemory<byte> History,
    IReadOnlyList<ActivityStep> Pending)
{
    /// <summary>Until when it waits for an external event: ticks (UTC), the greatest for ever; 0 when it does not wait.</summary>
    public long WaitsUntil => End is null ? CustomStatus?.WaitsUntil ?? 0 : 0;

    /// <summary>Since when it waits for one; null when it does not, or nobody says.</summary>
    public DateTime? WaitsSince => End is null ? CustomStatus?.WaitsSince : null;

    /// <summary>How long it lay failed before it was taken up again.</summary>
    public TimeSpan LayFailed { get; init; }

    public static CommittedInstance FromArchive(StoredArchive archive)
    {
        var events = HistoryReader.ReadAll(archive.Payload);
        var end = events.OfType<ExecutionEnded>().Last();
        var status = events.OfType<CustomStatusKept>().LastOrDefault() is { } kept ? new PublishedStatus(kept.Status.ToArray()) : null;
        return new(archive.Id, (ExecutionStarted)events[0], end.Status, end.At, status, end, archive.Payload, []) { LayFailed = Rewinding.LayFailed(events) };
    }

    /// <summary>The same for the world outside of the runtime.</summary>
    public OrchestrationState ToState() => new()
    {
        InstanceId = Id,
        Name = Started.Name,
        RuntimeStatus = Status,
        CreatedAt = Started.At,
        LastUpdatedAt = LastUpdatedAt,
        LayFailed = LayFailed,
        Input = Text(Started.Input),
        CustomStatus = CustomStatus is { } status ? Text(status.Json) : null,
        Output = End switch
        {
            ExecutionCompleted completed => Text(completed.Output),
            // As Durable Functions shows it; the reason of a termination likewise is the output.
            ExecutionFailed failed => Json($"{failed.Error.Type}: {failed.Error.Message}"),
            ExecutionTerminated { Reason: { } reason } => Json(reason),
            _ => null,
        },
        Failure = (End as ExecutionFailed)?.Error,
    };

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    private static string Json(string text) => Encoding.UTF8.GetString(RuntimeJson.Plain.Write(text));
}
