using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Execution;

/// <summary>What an instance writes down, and what may be shown of that.</summary>
internal sealed partial class Instance
{
    /// <summary>All of a history is in memory, and in one record when the instance ends.</summary>
    private const int MaxHistoryBytes = 64 << 20;

    /// <summary>The time for the next record: never before the last one, whatever happens to the clock.</summary>
    private DateTime Now => host.Now is var now && now > _lastAt ? now : _lastAt;

    private void Record(HistoryEvent item)
    {
        _run?.Apply(item);
        if (item is ExecutionEnded end)
            Finish(end);
        else if (_run?.Outcome is { } outcome)
        {
            // The result that ended the orchestration goes to disk with the end, in one record.
            _writer.Write(item);
            _lastAt = item.At;
            Finish(outcome);
        }
        else
        {
            ThisTurn.Position = host.Store.Append(Number, _writer.Write(item));
            _lastAt = item.At;
            if (item is ExecutionResumed)
                ThisTurn.Steps.AddRange(_run?.Open.OfType<ActivityStep>() ?? []);
            if (_writer.Events >= host.Options.MaxHistoryEvents || _writer.Written.Length >= MaxHistoryBytes)
                Finish(new ExecutionFailed(Now, ErrorDetails.From(new HistoryTooLongException(_writer.Events, _writer.Written.Length))));
        }
    }

    /// <summary>Ends the instance if its orchestration has ended.</summary>
    private void Settle()
    {
        if (_end is null && _run?.Outcome is { } outcome)
            Finish(outcome);
    }

    private void Finish(ExecutionEnded end)
    {
        _end = end with { At = Now };
        _lastAt = _end.At;
        _writer.Write(_end);
        if (_run?.CustomStatus is { } status)
            _writer.Write(new CustomStatusKept(_end.At, status));
        ThisTurn.Position = host.Store.Finish(Number, _end.Status, _end.At, _writer.Written.Span);
        foreach (var step in _run?.Open ?? [])
            step.Timer?.Cancel();
        CancelActivities();
    }

    /// <summary>Fails the instance because it is what ends the program again and again.</summary>
    private void GiveUp(string what, int times)
    {
        host.Recorder.Acquit();
        Finish(new ExecutionFailed(Now, ErrorDetails.From(new RepeatedlyInterruptedException(what, times))));
    }

    private CommittedInstance Show() => new(
        Id,
        Started,
        _end?.Status ?? (IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running),
        _lastAt,
        _run?.CustomStatus,
        _end,
        _writer.Written,
        _end is null && _run is not null ? [.. _run.Open.OfType<ActivityStep>()] : []);

    private static HistoryWriter Write(IReadOnlyList<HistoryEvent> history)
    {
        var writer = new HistoryWriter();
        writer.Write([.. history]);
        return writer;
    }
}
