using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Execution;

/// <summary>The history of an instance as it grows: each event is written behind the others, and given to the store.</summary>
internal sealed class InstanceHistory
{
    /// <summary>All of a history is in memory, and in one record when the instance ends.</summary>
    private const int MaxBytes = 64 << 20;

    private readonly EmbeddedRuntime _host;
    private readonly HistoryWriter _writer = new();
    private readonly TimeSpan _layFailed;

    /// <param name="host">The runtime.</param>
    /// <param name="recorded">What there is of it, the start first.</param>
    public InstanceHistory(EmbeddedRuntime host, IReadOnlyList<HistoryEvent> recorded)
    {
        (_host, Recorded, Started) = (host, recorded, (ExecutionStarted)recorded[0]);
        _layFailed = Rewinding.LayFailed(recorded);
        _writer.Write([.. recorded]);
    }

    /// <summary>What there was of it when the instance came into memory.</summary>
    public IReadOnlyList<HistoryEvent> Recorded { get; }

    public ExecutionStarted Started { get; }

    /// <summary>How the instance ended; null while it has not.</summary>
    public ExecutionEnded? End { get; private set; }

    /// <summary>All of it, for the store.</summary>
    public ReadOnlyMemory<byte> Written => _writer.Written;

    /// <summary>The time for the next event: never before the last one, whatever happens to the clock.</summary>
    public DateTime Now => _host.Now is var now && now > _writer.LastAt ? now : _writer.LastAt;

    /// <summary>Why nothing more may be added; null while there is room.</summary>
    public ErrorDetails? Refusal => _writer.Events >= _host.Options.MaxHistoryEvents || _writer.Written.Length >= MaxBytes
        ? ErrorDetails.From(new HistoryTooLongException(_writer.Events, _writer.Written.Length))
        : null;

    /// <summary>Adds an event.</summary>
    /// <returns>The position to wait for.</returns>
    public long Append(long number, HistoryEvent item) => _host.Store.Append(number, _writer.Write(item));

    /// <summary>Adds an event that goes to disk with the end.</summary>
    public void Keep(HistoryEvent item) => _writer.Write(item);

    /// <summary>Adds the end, and puts the whole in the place of all that was appended.</summary>
    /// <returns>The position to wait for.</returns>
    public long Finish(long number, ExecutionEnded end, PublishedStatus? status)
    {
        End = end with { At = Now };
        _writer.Write(End);
        if (status is not null)
            _writer.Write(new CustomStatusKept(End.At, status.Json));
        return _host.Store.Finish(number, End.Status, End.At, _writer.Written.Span);
    }

    /// <summary>What may be shown of the instance once all of this is on disk.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="run">Its orchestration; null when this program has none of that name.</param>
    /// <param name="isSuspended">Whether that is held.</param>
    public CommittedInstance Show(string id, OrchestrationRun? run, bool isSuspended) => new(
        id,
        Started,
        End?.Status ?? (isSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running),
        _writer.LastAt,
        run?.CustomStatus,
        End,
        _writer.Written,
        End is null && run is not null ? [.. run.Open.OfType<ActivityStep>()] : [])
    {
        LayFailed = _layFailed,
    };
}
