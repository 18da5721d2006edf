using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Execution;

/// <summary>The custom status of an instance. One that stays as it is becomes JSON when somebody asks for it, any other at once.</summary>
internal sealed class PublishedStatus
{
    private readonly object? _status;
    private readonly RuntimeJson? _writer;
    private byte[]? _json;

    public PublishedStatus(byte[] json) => _json = json;

    /// <exception cref="Exception">It cannot be written; whatever its own code threw.</exception>
    public PublishedStatus(object status, RuntimeJson writer)
    {
        if (status is ISnapshot)
            (_status, _writer) = (status, writer);
        else
            _json = writer.Write(status);
        if (status is IWaiting { WaitingFor: not null } waiting)
            (WaitsUntil, WaitsSince) = (waiting.Deadline?.Ticks ?? long.MaxValue, waiting.WaitingSince);
        StepTimes = status as IStepTimes;
    }

    // Several threads may read it: whichever is first, it is the same text.
    public byte[] Json => _json ??= _writer!.Write(_status);

    /// <summary>Until when it says that the instance waits for an event: ticks (UTC), the greatest for ever; 0 when it does not wait.</summary>
    public long WaitsUntil { get; }

    /// <summary>Since when, where it waits.</summary>
    public DateTime? WaitsSince { get; }

    /// <summary>How long the steps took, where it tells.</summary>
    public IStepTimes? StepTimes { get; }
}
