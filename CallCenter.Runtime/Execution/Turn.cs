using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Execution;

/// <summary>What one turn of an instance changed, and what is to happen once that is on disk.</summary>
internal sealed class Turn
{
    /// <summary>The position of its last record; 0 when it recorded nothing.</summary>
    public long Position { get; set; }

    /// <summary>What may be shown from the commit on; null when nothing changed.</summary>
    public CommittedInstance? Shown { get; set; }

    /// <summary>True when the thread that ends it has nothing else to do, nor has any other: it may as well flush.</summary>
    public bool MayFlush { get; set; }
    public List<OpenStep> Steps { get; } = [];

    public List<(TaskCompletionSource<OrchestrationAnswer> Caller, OrchestrationAnswer Answer)> Answers { get; } = [];

    /// <summary>Answers the callers: what they asked for is on disk.</summary>
    public void Answer()
    {
        foreach (var (caller, answer) in Answers)
            caller.TrySetResult(answer);
    }

    /// <summary>Tells the callers that their change is not on disk and may never be.</summary>
    public void Refuse(Exception reason)
    {
        foreach (var (caller, _) in Answers)
            caller.TrySetException(reason);
        Answers.Clear();
    }
}
