using System.Text.Json;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Execution;

/// <summary>
/// The orchestration's side of a run: hands out a task for everything it asks for, and completes it when the history says so.
/// </summary>
/// <param name="instanceId">The instance.</param>
/// <param name="json">Writes and reads its payloads.</param>
/// <param name="strayed">Called when the orchestration is stopped for something that it did outside of a turn.</param>
internal sealed class OrchestrationContext(string instanceId, RuntimeJson json, Action strayed) : IOrchestrationContext
{
    private readonly List<OpenStep> _open = [];
    private readonly List<EventRaised> _events = [];
    private readonly Dictionary<int, string> _recorded = [];
    private object? _status;
    private bool _isStatusNew;
    private int _turnThread;

    public string InstanceId => instanceId;
    public DateTime CurrentUtcDateTime { get; set; }

    /// <summary>The custom status as the last turn left it; null while none was set.</summary>
    public PublishedStatus? CustomStatus { get; private set; }
    public int NextSequence { get; private set; }

    /// <summary>What was asked for and has not ended, oldest first.</summary>
    public IReadOnlyList<OpenStep> Open => _open;

    /// <summary>How many events wait for somebody to await them.</summary>
    public int KeptEvents => _events.Count;
    public List<OpenStep> Opened { get; } = [];

    /// <summary>Why this run cannot go on, whatever the orchestration makes of it.</summary>
    public Exception? Fatal { get; private set; }

    public async Task<T> CallActivityAsync<T>(string name, object? input, RetryPolicy? retryPolicy = null)
    {
        var step = Ask(sequence => new ActivityStep(sequence, CurrentUtcDateTime, name, json.Write(input), retryPolicy));
        return json.Read<T>(await step.Result)!;
    }

    public async Task CreateTimerAsync(TimeSpan delay) => await Ask(sequence => new WaitStep(sequence, CurrentUtcDateTime, CurrentUtcDateTime + delay, null)).Result;

    public async Task<T> WaitForExternalEventAsync<T>(string name, TimeSpan timeout)
    {
        var step = Ask(sequence => new WaitStep(sequence, CurrentUtcDateTime, CurrentUtcDateTime + timeout, name));
        if (_events.FindIndex(raised => Same(raised.Name, name)) is var kept and >= 0)
        {
            Close(step);
            step.Take(_events[kept].Payload);
            _events.RemoveAt(kept);
        }
        var payload = await step.Result ?? throw new TimeoutException($"No event '{name}' came within {timeout}.");
        try
        {
            return json.Read<T>(payload) ?? throw new FormatException($"The event '{name}' came with null.");
        }
        catch (JsonException unreadable)
        {
            throw new FormatException($"The event '{name}' is no {typeof(T).Name}: {unreadable.Message}", unreadable);
        }
    }

    public void SetCustomStatus(object? customStatus)
    {
        RequireTurn();
        (_status, _isStatusNew) = (customStatus, true);
    }

    /// <summary>Lets the orchestration run on this thread until it waits for something.</summary>
    public void Turn(Action advance)
    {
        var outer = SynchronizationContext.Current;
        // Whatever thread this is, the orchestration's continuations run here and now, not where its caller would like them.
        SynchronizationContext.SetSynchronizationContext(null);
        _turnThread = Environment.CurrentManagedThreadId;
        try
        {
            advance();
            PublishStatus();
        }
        finally
        {
            _turnThread = 0;
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>Tells what the history holds, so that code which asks for something else is found out when it asks.</summary>
    public void Expect(int sequence, string description) => _recorded[sequence] = description;

    /// <summary>The open step of a number; null when the orchestration has not asked for it.</summary>
    public OpenStep? Find(int sequence) => _open.Find(step => step.Sequence == sequence);

    /// <summary>A step has come to its end.</summary>
    public void Close(OpenStep step)
    {
        _open.Remove(step);
        Opened.Remove(step);
        step.Timer?.Cancel();
    }

    /// <summary>The wait that an event of this name goes to.</summary>
    public WaitStep? FindWait(string eventName) => _open.OfType<WaitStep>().FirstOrDefault(step => step.EventName is { } name && Same(name, eventName));

    /// <summary>An event goes to the wait that asked for it first, or is kept until one does.</summary>
    public void Raise(EventRaised raised)
    {
        if (FindWait(raised.Name) is not { } wait)
        {
            _events.Add(raised);
            return;
        }
        Close(wait);
        wait.Take(raised.Payload);
    }

    /// <summary>Ends the run: the orchestration's own outcome does not count any more.</summary>
    public Exception Break(Exception reason) => Fatal ??= reason;

    private TStep Ask<TStep>(Func<int, TStep> make)
        where TStep : OpenStep
    {
        RequireTurn();
        var step = make(NextSequence);
        if (_recorded.Remove(step.Sequence, out var recorded) && recorded != step.Description && !(recorded == WaitStep.ATimer && step is WaitStep))
            throw Break(new NonDeterministicOrchestrationException(step.Sequence, recorded, step.Description));
        NextSequence++;
        _open.Add(step);
        Opened.Add(step);
        return step;
    }

    /// <summary>
    /// Stops an orchestration that awaited anything but a task of this context: it would go on at a time of its own choosing,
    /// which no replay repeats, or never.
    /// </summary>
    public Exception Stray()
    {
        var reason = Break(new InvalidOperationException(
            $"The orchestration of instance '{instanceId}' awaited something that is not from its context (Task.Delay, Task.Run, I/O). " +
            "Such work belongs in an activity, and a delay in CreateTimerAsync."));
        strayed();
        return reason;
    }

    /// <summary>The orchestration has ended: within a turn, as it should, or somewhere of its own.</summary>
    public void End()
    {
        if (Fatal is null && !IsInTurn)
            Stray();
    }

    /// <summary>Once for each turn: only the last status is ever seen.</summary>
    private void PublishStatus()
    {
        if (!_isStatusNew)
            return;
        _isStatusNew = false;
        try
        {
            CustomStatus = _status is null ? null : new PublishedStatus(_status, json);
        }
        catch (Exception failure)
        {
            Break(failure);
        }
    }

    private bool IsInTurn => _turnThread == Environment.CurrentManagedThreadId;

    private void RequireTurn()
    {
        if (Fatal is not null)
            throw Fatal;
        if (!IsInTurn)
            throw Stray();
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
