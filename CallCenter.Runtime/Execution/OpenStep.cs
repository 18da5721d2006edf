using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Execution;

/// <summary>Something that the orchestration has asked for and that has not come to its end.</summary>
/// <param name="sequence">Counted from 0 in the order in which the orchestration asks.</param>
/// <param name="askedAt">When it asked, on its own clock.</param>
internal abstract class OpenStep(int sequence, DateTime askedAt)
{
    public int Sequence { get; } = sequence;

    /// <summary>When the orchestration asked for it, on its own clock.</summary>
    public DateTime AskedAt { get; } = askedAt;

    /// <summary>What it is, for a message.</summary>
    public abstract string Description { get; }

    /// <summary>What the timer queue holds for it, if anything.</summary>
    public TimerQueue.Entry? Timer { get; set; }

    /// <summary>Of one that was waited for before its instance rested: how far the time of the timer queue was ahead of the clock then.</summary>
    public TimeSpan? Ahead { get; set; }
}

/// <summary>An activity that is to run, runs, or waits for its next attempt.</summary>
internal sealed class ActivityStep(int sequence, DateTime askedAt, string name, byte[] input, RetryPolicy? retry) : OpenStep(sequence, askedAt)
{
    // Continuations run inline on purpose: the orchestration goes on within the turn that records the result.
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _result = new();

    public string Name { get; } = name;
    public byte[] Input { get; } = input;
    public RetryPolicy? Retry { get; } = retry;
    public int Failures { get; set; }

    /// <summary>When the next attempt may begin (UTC); null at once.</summary>
    public DateTime? NextAt { get; set; }

    /// <summary>True from the moment it is handed to the scheduler until its attempt has ended.</summary>
    public bool InFlight { get; set; }
    /// <summary>When its attempt was put in line, as the clock counts.</summary>
    public long QueuedAt { get; set; }

    /// <summary>True for one that a start of the program found unfinished.</summary>
    public bool IsRetaken { get; set; }
    public Task<ReadOnlyMemory<byte>> Result => _result.Task;
    public override string Description => Describe(Name);

    public static string Describe(string name) => $"the activity '{name}'";

    public void Complete(ReadOnlyMemory<byte> result) => _result.SetResult(result);

    public void Fail(ErrorDetails error) => _result.SetException(new ActivityFailedException(Name, error));
}

/// <summary>A timer, or a wait for an external event with its timeout.</summary>
/// <param name="sequence">Its number.</param>
/// <param name="askedAt">When the orchestration asked for it, on its own clock.</param>
/// <param name="dueAt">When it ends by itself (UTC).</param>
/// <param name="eventName">The event that it waits for; null for a plain timer.</param>
internal sealed class WaitStep(int sequence, DateTime askedAt, DateTime dueAt, string? eventName) : OpenStep(sequence, askedAt)
{
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>?> _result = new();

    public DateTime DueAt { get; } = dueAt;
    public string? EventName { get; } = eventName;

    /// <summary>The event's payload, or null when the time had passed first.</summary>
    public Task<ReadOnlyMemory<byte>?> Result => _result.Task;

    public override string Description => EventName is null ? ATimer : $"a wait for the event '{EventName}'";

    public const string ATimer = "a timer";

    public void Fire() => _result.SetResult(null);

    public void Take(ReadOnlyMemory<byte> payload) => _result.SetResult(payload);
}
