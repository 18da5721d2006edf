using System.Collections.Concurrent;
using CallCenter.Standalone.Runtime.Execution;
using CallCenter.Standalone.Runtime.History;
using CallCenter.Standalone.Runtime.Storage;
using CallCenter.Workflow;

namespace CallCenter.Standalone.Runtime;

/// <summary>
/// The embedded durable runtime: keeps the instances that have not ended in memory, all of them on disk, and takes them up
/// again after a restart.
/// </summary>
internal sealed class EmbeddedRuntime : IInstanceHost, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Instance> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, Instance> _byNumber = new();
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stopping = new();
    private int _starting;
    private int _disposed;

    public EmbeddedRuntime(OrchestrationRegistry registry, IInstanceStore store, RuntimeOptions options, TimeProvider clock, ILogger logger)
    {
        (Registry, Store, Options, _clock, Logger) = (registry, store, options, clock, logger);
        Stopping = _stopping.Token;
        Activities = new ActivityScheduler(options.MaxConcurrentActivities);
        Suspects = new ActivityScheduler(limit: 1);
        Timers = new TimerQueue(clock);
        var unfinished = store.TakeUnfinished();
        Recovered = unfinished.Count;
        using var mark = new RecoveryMark(options.RecoveryMark);
        foreach (var stored in unfinished)
        {
            var interrupted = mark.Enter(stored.Number);
            CrashPoint.Pass(CrashPoint.Replaying, stored.Id);
            var instance = new Instance(this, stored.Id, HistoryReader.ReadAll(stored.Payloads));
            Add(instance, stored.Number);
            instance.Recover(stored.Number, interrupted, mark.WasOrderly);
            CrashPoint.Pass(CrashPoint.Replayed, stored.Id);
        }
    }

    /// <summary>How many instances were taken up again.</summary>
    public int Recovered { get; }

    public OrchestrationRegistry Registry { get; }

    public RuntimeOptions Options { get; }

    public IInstanceStore Store { get; }

    public ActivityScheduler Activities { get; }

    public ActivityScheduler Suspects { get; }

    public TimerQueue Timers { get; }

    public ILogger Logger { get; }

    public bool IsStopping => Stopping.IsCancellationRequested;

    /// <summary>Cancelled when the program begins to end.</summary>
    public CancellationToken Stopping { get; }

    public DateTime Now
    {
        get
        {
            var ticks = _clock.GetUtcNow().UtcTicks;
            return new DateTime(ticks - ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        }
    }

    /// <summary>Told of every instance that was started, after its start is on disk.</summary>
    public Action<Shown>? Started { get; set; }

    /// <summary>Told of every instance that has ended, after its end is on disk.</summary>
    public Action<Shown>? Ended { get; set; }

    /// <summary>The instances in memory.</summary>
    public IEnumerable<Instance> Unfinished => _byNumber.Values;

    public Instance? Find(string id) => _byId.GetValueOrDefault(id);

    public Instance? Find(long number) => _byNumber.GetValueOrDefault(number);

    /// <summary>Starts an instance and waits until that is on disk.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="started">Its start.</param>
    /// <param name="replaces">The ended instance of the same id that it takes the place of, and its number.</param>
    /// <returns>The instance; null when there is one of that id.</returns>
    /// <exception cref="OrchestrationUnavailableException">Too much work is waiting, the disk takes nothing, or the program is ending.</exception>
    public async Task<Instance?> StartAsync(string id, ExecutionStarted started, (long Number, Shown Shown)? replaces = null)
    {
        RequireRoom();
        Interlocked.Increment(ref _starting);
        try
        {
            var instance = new Instance(this, id, [started]);
            if (Store.TryStart(id, started.At, instance.Written.Span, replaces?.Number) is not var (number, position))
                return null;
            CrashPoint.Pass(CrashPoint.StartAppended, id);
            Add(instance, number);
            instance.Begin(number, position, replaces?.Shown);
            await instance.Durable;
            Started?.Invoke(instance.Shown!);
            return instance;
        }
        finally
        {
            Interlocked.Decrement(ref _starting);
        }
    }

    /// <summary>Takes an ended instance up again with a new history.</summary>
    /// <exception cref="InvalidOperationException">It is gone.</exception>
    public async Task ReopenAsync(long number, Shown ended, IReadOnlyList<HistoryEvent> history)
    {
        var instance = new Instance(this, ended.Id, history);
        var position = Store.Reopen(number, instance.Written.Span);
        Add(instance, number);
        instance.Begin(number, position, ended);
        await instance.Durable;
    }

    public void OnEnded(Instance instance)
    {
        _byNumber.TryRemove(new(instance.Number, instance));
        _byId.TryRemove(new(instance.Id, instance));
        if (instance.Shown is { End: not null } shown)
            Ended?.Invoke(shown);
        instance.Dispose();
    }

    /// <summary>Takes no more work, and lets go whoever waits for an instance to end.</summary>
    public void BeginStop() => _stopping.Cancel();

    /// <summary>Lets running activities end for a while, and closes the store.</summary>
    public async Task StopAsync()
    {
        BeginStop();
        try
        {
            await Task.WhenAll(Activities.StopAsync(), Suspects.StopAsync()).WaitAsync(Options.ShutdownTimeout);
        }
        catch (TimeoutException)
        {
            Logger.LogWarning("{Running} activities still ran after {Timeout}; they run again after the next start", Activities.Running + Suspects.Running, Options.ShutdownTimeout);
        }
        // While the folder is still ours.
        RecoveryMark.NoteOrderlyEnd(Options.RecoveryMark);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        BeginStop();
        _ = Activities.StopAsync();
        _ = Suspects.StopAsync();
        Timers.Dispose();
        await Store.DisposeAsync();
        _stopping.Dispose();
    }

    private void Add(Instance instance, long number)
    {
        _byNumber[number] = instance;
        _byId[instance.Id] = instance;
    }

    private void RequireRoom()
    {
        if (IsStopping)
            throw new OrchestrationUnavailableException("This program is ending. Try again once it has been started anew.", TimeSpan.FromSeconds(5));
        if (Store.Failure is { } failure)
            throw new OrchestrationUnavailableException($"The journal cannot be written: {failure.Message}", TimeSpan.FromSeconds(5));
        if (Activities.Pending + Suspects.Pending + Volatile.Read(ref _starting) >= Options.MaxPending)
            throw new OrchestrationUnavailableException($"{Options.MaxPending} pieces of work are waiting already.", TimeSpan.FromSeconds(2));
    }
}
