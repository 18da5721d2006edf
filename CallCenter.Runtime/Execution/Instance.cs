using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;

namespace CallCenter.Runtime.Execution;

/// <summary>
/// An instance that has not ended: takes the news about it one by one, records them, lets the orchestration go on, and begins
/// what that asks for once everything before is on disk.
/// </summary>
/// <remarks>
/// One thread at a time is in here, whichever brought the news. A turn handles all the news there are; its changes become
/// visible, its callers are answered and its steps begin with the commit of its last record. docs/architecture.md draws it.
/// </remarks>
internal sealed partial class Instance(EmbeddedRuntime host, string id, IReadOnlyList<HistoryEvent> history) : ICommitListener, IDisposable
{
    private readonly HistoryWriter _writer = Write(history);
    private readonly Lock _gate = new();
    private readonly Queue<Action> _inbox = [];
    private readonly Queue<Turn> _uncommitted = [];
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CommittedInstance> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _cancellation;
    private OrchestrationRun? _run;
    private DateTime _lastAt = history[^1].At;
    private ExecutionEnded? _end;
    private bool _busy;
    private Turn? _turn;
    private bool _left;
    private OrchestrationUnavailableException? _stands;
    private volatile CommittedInstance? _shown;

    public string Id { get; } = id;
    public long Number { get; private set; }
    public ExecutionStarted Started { get; } = (ExecutionStarted)history[0];

    /// <summary>The instance as it is on disk; null while its start is not.</summary>
    public CommittedInstance? Shown => _shown;

    /// <summary>Completes when the record that brought the instance here is on disk; fails when a start was withdrawn.</summary>
    public Task Durable => _durable.Task;
    public Task<CommittedInstance> Completion => _completion.Task;

    /// <summary>Its history so far, for the store.</summary>
    public ReadOnlyMemory<byte> Written => _writer.Written;

    /// <summary>Begins a new instance, or one that was rewound: runs the orchestration up to what its history leaves open.</summary>
    /// <param name="number">The number that the store gave it.</param>
    /// <param name="position">The position of the record that brought it here.</param>
    /// <param name="shown">What may be shown until then.</param>
    public void Begin(long number, long position, CommittedInstance? shown = null)
    {
        (Number, _cancellation) = (number, _over.Token);
        SetShown(shown);
        Post(() =>
        {
            ThisTurn.Position = position;
            Replay();
            Settle();
        });
    }

    /// <summary>Takes the instance up again after a restart, before anybody can ask for it.</summary>
    /// <param name="number">Its number.</param>
    public void Recover(long number)
    {
        (Number, _cancellation) = (number, _over.Token);
        Post(() =>
        {
            ThisTurn.Position = 0;
            var isToBlame = IsToBlame(FlightRecorder.TakingUp);
            if (!isToBlame)
                Replay();
            SetShown(Show());
            if (isToBlame)
                GiveUp("this instance was taken up again", host.Recorder.Ends);
            Settle();
            // What came due meanwhile fires here and now: should what follows end the program, it is known whose it was.
            foreach (var step in _run?.Open.OfType<WaitStep>().Where(step => step.DueAt <= Now).OrderBy(step => step.DueAt).ToList() ?? [])
                Due(step);
        });
    }

    private void Replay()
    {
        // Without its code an instance waits as it is: a program that has it may take it up another day.
        if (host.Registry.FindOrchestration(Started.Name) is { } code)
            _run = new OrchestrationRun(Id, code, host.Registry.Json, history, () => Post(Settle));
        else
            host.Logger.LogError("Instance {InstanceId} waits: this program has no orchestration {Orchestration}", Id, Started.Name);
    }

    /// <summary>Asks for a change from outside; the answer comes when the change is on disk.</summary>
    /// <param name="change">Makes the event to record, or null when the instance is already as it should be.</param>
    public Task<OrchestrationAnswer> AskAsync(Func<DateTime, HistoryEvent?> change)
    {
        var caller = new TaskCompletionSource<OrchestrationAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            var item = _end is null && _stands is null ? change(Now) : null;
            if ((_stands ?? RefusalOf(item)) is { } refusal)
            {
                caller.SetException(refusal);
                return;
            }
            ThisTurn.Answers.Add((caller, _end is null ? OrchestrationAnswer.Accepted : OrchestrationAnswer.Ended));
            if (item is not null)
                Record(item);
        });
        return caller.Task;
    }

    /// <summary>Why an event cannot be taken, if so: what nobody awaits is kept, and there is an end to that.</summary>
    private OrchestrationUnavailableException? RefusalOf(HistoryEvent? item) =>
        item is EventRaised raised && _run is not null && !_run.Awaits(raised) && _run.KeptEvents >= host.Options.MaxKeptEvents
            ? new($"{host.Options.MaxKeptEvents} events are kept for this instance already, which it does not await yet (CallCenter:MaxKeptEvents).", TimeSpan.FromSeconds(10))
            : null;

    private bool IsToBlame(int sequence) => host.Recorder.IsToBlame(Number, sequence, host.Options.MaxRecoveries);

    /// <summary>True while the orchestration is held. Only from within <see cref="AskAsync"/>.</summary>
    public bool IsSuspended => _run?.IsSuspended ?? history.LastOrDefault(item => item is ExecutionSuspended or ExecutionResumed) is ExecutionSuspended;

    public void Dispose() => _over.Dispose();
}
