using CallCenter.Durable.Seams;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.Figures;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Telemetry;

namespace CallCenter.Runtime;

/// <summary>
/// The embedded durable runtime: keeps the instances that have something to do in memory, all of them on disk, and takes them up
/// again after a restart.
/// </summary>
internal sealed class EmbeddedRuntime : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private int _disposed;

    public EmbeddedRuntime(OrchestrationRegistry registry, IInstanceStore store, RuntimeOptions options, TimeProvider clock, ILogger logger)
    {
        (Registry, Store, Options, Clock, Logger) = (registry, store, options, clock, logger);
        Stopping = _stopping.Token;
        Telemetry = options.Telemetry ?? new RuntimeTelemetry();
        Activities = new ActivityScheduler(registry, options, clock);
        Timers = new TimerQueue(clock);
        Recorder = new FlightRecorder(options.FlightRecorder);
        Starts = new StartLog(options.StartLog, Now);
        Figures = new RuntimeFigures(store, Now);
        Trial = new Trial(Activities, Recorder.Suspects.Count);
        Admission = new Admission(this);
        Instances = new InstanceDirectory(this);
        Resting = new RestingInstances(this);
        List<StoredInstance> unfinished = [.. store.TakeUnfinished(), .. Resting.Recover(store.TakeResting()).Select(number => store.Load(number)!)];
        Recovered = unfinished.Count + Resting.Count;
        Admission.Recovered(Recovered);
        TakeUp(unfinished);
        // Not before: should one of them end the program when it is taken up, nothing else was under way.
        Activities.Open();
        if (Recorder.Suspects.Count > 1)
            Timers.Add(Now + Trial.HoldFor(Recorder.Ends), Trial.Release);
        Telemetry.Observe(this);
    }

    public int Recovered { get; }
    public OrchestrationRegistry Registry { get; }
    public RuntimeOptions Options { get; }
    public IInstanceStore Store { get; }
    public ActivityScheduler Activities { get; }
    public TimerQueue Timers { get; }
    public TimeProvider Clock { get; }
    public FlightRecorder Recorder { get; }

    /// <summary>What it takes in, and what it refuses.</summary>
    public Admission Admission { get; }

    /// <summary>Where its instances are.</summary>
    public InstanceDirectory Instances { get; }

    /// <summary>What it tells those who watch it.</summary>
    public RuntimeTelemetry Telemetry { get; }

    /// <summary>What the last hour was like.</summary>
    public RuntimeFigures Figures { get; }

    /// <summary>When the program was started, this time and before.</summary>
    public StartLog Starts { get; }

    /// <summary>Runs what may be the cause of the program's last ends.</summary>
    public Trial Trial { get; }
    public ILogger Logger { get; }
    public bool IsStopping => Stopping.IsCancellationRequested;

    /// <summary>Cancelled when the program begins to end.</summary>
    public CancellationToken Stopping { get; }

    public DateTime Now
    {
        get
        {
            var ticks = Clock.GetUtcNow().UtcTicks;
            return new DateTime(ticks - ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        }
    }

    /// <summary>
    /// How it is: <c>ok</c>, <c>read-only</c> while the disk takes nothing,
    /// <c>stalled</c> when activities have held all places for a minute.
    /// </summary>
    public string Health => Store.Failure is not null ? "read-only" : Activities.IsStalled ? "stalled" : "ok";

    /// <summary>Told of every instance that was started, after its start is on disk.</summary>
    public Action<CommittedInstance>? Started { get; set; }

    /// <summary>Told of every instance that has ended, after its end is on disk.</summary>
    public Action<CommittedInstance>? Ended { get; set; }

    /// <summary>How many there are of what has not ended.</summary>
    public UnfinishedCounts Unfinished { get; } = new();

    /// <summary>Those of them that wait for an external event.</summary>
    public WaitingInstances Waiting { get; } = new();

    /// <summary>Those that are not in memory: they have nothing to do but wait.</summary>
    public RestingInstances Resting { get; }

    /// <summary>What the last hour of an orchestration was like, and how many of its instances wait now.</summary>
    public OrchestrationFigures FiguresOf(string name)
    {
        var (waiting, oldest) = Waiting.Oldest(name);
        return Figures.Read(name, Now, waiting, oldest);
    }

    /// <summary>Starts an instance and waits until that is on disk.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="started">Its start.</param>
    /// <param name="replaces">The ended instance of the same id that it takes the place of, and its number.</param>
    /// <returns>The instance; null when there is one of that id.</returns>
    /// <exception cref="OrchestrationUnavailableException">There is too much already, the disk takes nothing, or the program is ending.</exception>
    public async Task<Instance?> StartAsync(string id, ExecutionStarted started, (long Number, CommittedInstance Shown)? replaces = null)
    {
        using var start = Admission.BeginStart();
        using var span = Telemetry.Traces.BeginStart(id, ref started);
        var instance = new Instance(this, id, [started]);
        if (Store.TryStart(id, started.At, instance.Written.Span, replaces?.Number) is not var (number, position))
            return null;
        await BeginAsync(instance, number, position, replaces?.Shown);
        Figures.Start(started.Name, started.At);
        Telemetry.Orchestrations.CountStart(started.Name);
        Started?.Invoke(instance.Shown!);
        return instance;
    }

    /// <summary>Takes an ended instance up again with a new history.</summary>
    /// <exception cref="InvalidOperationException">It is gone.</exception>
    /// <exception cref="OrchestrationUnavailableException">As with a start.</exception>
    public async Task ReopenAsync(long number, CommittedInstance ended, IReadOnlyList<HistoryEvent> history)
    {
        Admission.RequireRoom();
        var instance = new Instance(this, ended.Id, history);
        await BeginAsync(instance, number, Store.Reopen(number, instance.Written.Span), ended);
    }

    public void OnEnded(Instance instance)
    {
        if (Instances.Remove(instance))
            Admission.Remove();
        if (instance.Shown is { End: { } end } shown)
        {
            Figures.End(shown.Started.Name, end.Status, end.At);
            Telemetry.Orchestrations.CountEnd(shown, end);
            instance.Trace?.End(end);
            Ended?.Invoke(shown);
        }
        instance.Dispose();
    }

    /// <summary>Takes no more work, lets go whoever waits for an instance to end, and notes that what is cut off now is not to blame.</summary>
    public void BeginStop()
    {
        if (IsStopping)
            return;
        // First of all: whoever asked may lose patience.
        Recorder.NoteOrderlyEnd();
        _stopping.Cancel();
    }

    /// <summary>Takes no more work, and lets running activities end for a while.</summary>
    public async Task DrainAsync()
    {
        BeginStop();
        try
        {
            await Activities.StopAsync().WaitAsync(Options.ShutdownTimeout);
        }
        catch (TimeoutException)
        {
            Logger.LogWarning(
                "{Running} activities were still running after {Timeout}; they run again after the next start", Activities.Running, Options.ShutdownTimeout);
        }
    }

    /// <summary>The same, and closes the store.</summary>
    public async Task StopAsync()
    {
        await DrainAsync();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        BeginStop();
        _ = Activities.StopAsync();
        Timers.Dispose();
        await Store.DisposeAsync();
        Recorder.Dispose();
        _stopping.Dispose();
        if (Options.Telemetry is null)
            Telemetry.Dispose();
    }

    private async Task BeginAsync(Instance instance, long number, long position, CommittedInstance? shown)
    {
        Admission.Add();
        instance.Number = number;
        Instances.Add(instance);
        instance.Begin(position, shown);
        await instance.Durable;
    }

    private void TakeUp(IReadOnlyList<StoredInstance> unfinished)
    {
        var slot = Recorder.Enter(0, FlightRecorder.TakingUp);
        try
        {
            foreach (var stored in unfinished)
            {
                Recorder.Note(slot, stored.Number, FlightRecorder.TakingUp);
                var instance = new Instance(this, stored.Id, HistoryReader.ReadAll(stored.Payloads)) { Number = stored.Number };
                Instances.Add(instance);
                instance.Recover();
            }
        }
        catch
        {
            // A history that cannot be read stops the start, and blames nobody.
            Recorder.NoteOrderlyEnd();
            Recorder.Dispose();
            throw;
        }
        Recorder.Leave(slot);
    }
}
