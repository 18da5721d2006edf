using CallCenter.Standalone.Runtime.History;
using CallCenter.Standalone.Runtime.Storage;
using CallCenter.Workflow;

namespace CallCenter.Standalone.Runtime.Execution;

/// <summary>
/// An instance that has not ended: takes the news about it one by one, records them, lets the orchestration go on, and begins
/// what that asks for once everything before is on disk.
/// </summary>
/// <remarks>
/// One thread at a time is in here, whichever brought the news. A turn handles all the news there are; its changes become
/// visible, its callers are answered and its steps begin with the commit of its last record. docs/architecture.md draws it.
/// </remarks>
internal sealed partial class Instance(IInstanceHost host, string id, IReadOnlyList<HistoryEvent> history) : ICommitListener, IDisposable
{
    private readonly HistoryWriter _writer = Write(history);
    private readonly Lock _gate = new();
    private readonly Queue<Action> _inbox = [];
    private readonly Queue<Turn> _uncommitted = [];
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Shown> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _cancellation;
    private OrchestrationRun? _run;
    private DateTime _lastAt = history[^1].At;
    private ExecutionEnded? _end;
    private bool _busy;
    private Turn? _turn;
    private bool _left;
    private volatile Shown? _shown;

    public string Id { get; } = id;

    public long Number { get; private set; }

    public ExecutionStarted Started { get; } = (ExecutionStarted)history[0];

    /// <summary>The instance as it is on disk; null while its start is not.</summary>
    public Shown? Shown => _shown;

    /// <summary>Completes when the record that brought the instance here is on disk; fails when a start was withdrawn.</summary>
    public Task Durable => _durable.Task;

    /// <summary>Completes when the instance's end is on disk.</summary>
    public Task<Shown> Completion => _completion.Task;

    /// <summary>Its history so far, for the store.</summary>
    public ReadOnlyMemory<byte> Written => _writer.Written;

    /// <summary>Begins a new instance, or one that was rewound: runs the orchestration up to what its history leaves open.</summary>
    /// <param name="number">The number that the store gave it.</param>
    /// <param name="position">The position of the record that brought it here.</param>
    /// <param name="shown">What may be shown until then.</param>
    public void Begin(long number, long position, Shown? shown = null)
    {
        (Number, _shown, _cancellation) = (number, shown, _over.Token);
        Post(() =>
        {
            ThisTurn.Position = position;
            Replay();
            Settle();
        });
    }

    /// <summary>Takes the instance up again after a restart, before anybody can ask for it.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="interrupted">How many starts in a row have ended in here.</param>
    /// <param name="orderly">True when the program had been asked to end: then nothing that ran is to blame for it.</param>
    public void Recover(long number, long interrupted, bool orderly)
    {
        (Number, _cancellation) = (number, _over.Token);
        Post(() =>
        {
            ThisTurn.Position = 0;
            if (interrupted < host.Options.MaxRecoveries)
                Replay();
            _shown = Show();
            if (interrupted >= host.Options.MaxRecoveries)
                GiveUp("this instance was taken up again", interrupted);
            Settle();
            foreach (var step in _run?.Open.OfType<ActivityStep>() ?? [])
                step.MayHaveRun = !orderly;
            // What came due meanwhile fires here and now: should what follows end the program, it is known whose it was.
            foreach (var step in _run?.Open.OfType<WaitStep>().Where(step => step.DueAt <= Now).OrderBy(step => step.DueAt).ToList() ?? [])
                Due(step);
        });
    }

    private void Replay()
    {
        // Without its code an instance waits as it is: a program that has it may take it up another day.
        if (host.Registry.FindOrchestration(Started.Name) is { } code)
            _run = new OrchestrationRun(Id, code, history, () => Post(Settle));
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
            ThisTurn.Answers.Add((caller, _end is null ? OrchestrationAnswer.Accepted : OrchestrationAnswer.Ended));
            if (_end is null && change(Now) is { } item)
                Record(item);
        });
        return caller.Task;
    }

    /// <summary>True while the orchestration is held. Only from within <see cref="AskAsync"/>.</summary>
    public bool IsSuspended => _run?.IsSuspended ?? history.LastOrDefault(item => item is ExecutionSuspended or ExecutionResumed) is ExecutionSuspended;

    /// <inheritdoc/>
    public void Dispose() => _over.Dispose();
}
