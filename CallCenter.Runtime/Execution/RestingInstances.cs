using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;

namespace CallCenter.Runtime.Execution;

/// <summary>
/// The instances that have nothing to do but wait. The latest of them stay in memory; the others leave it, and come back when something happens to them or
/// somebody looks.
/// </summary>
internal sealed class RestingInstances
{
    private readonly Lock _gate = new();
    private readonly EmbeddedRuntime _host;
    private readonly DueInstances _due;
    private readonly Dictionary<long, Known> _byNumber = [];
    private readonly Dictionary<long, Lazy<Instance>> _comingBack = [];
    private readonly ConcurrentQueue<Instance> _idle = new();
    private int _idleCount;

    public RestingInstances(EmbeddedRuntime host) => (_host, _due) = (host, new DueInstances(host, TakeUpDue));

    /// <summary>Takes in what the store found resting.</summary>
    /// <returns>The numbers of those whose note says nothing to this version: they have to be taken up.</returns>
    // Once, and through a million: not to be run unoptimized.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public IReadOnlyList<long> Recover(IReadOnlyList<RestingInstance> stored)
    {
        var unknown = new List<long>();
        var ahead = _host.Timers.Ahead;
        var (due, byName) = (new Places(), new Dictionary<string, (Places Until, Places Since)>());
        _byNumber.EnsureCapacity(stored.Count);
        foreach (var (number, name, note) in stored)
        {
            if (Rest.Parse(note.Span) is not { } rest)
            {
                unknown.Add(number);
                continue;
            }
            var time = rest.DueAt == Rest.Never ? Rest.Never : rest.DueAt + ahead;
            _byNumber.Add(number, new Known(rest, time));
            _host.Unfinished.Move(name, null, rest.Standing);
            if (time != Rest.Never)
                due.Add(time.Ticks, number);
            if (!byName.TryGetValue(name, out var waiting))
                byName.Add(name, waiting = (new Places(), new Places()));
            if (rest.Standing.WaitsUntil != 0)
                waiting.Until.Add(rest.Standing.WaitsUntil, number);
            if (rest.Standing.WaitsSince != 0)
                waiting.Since.Add(rest.Standing.WaitsSince, number);
        }
        foreach (var (name, (until, since)) in byName)
            _host.Waiting.AddRange(name, (until.Ranks, until.Numbers), (since.Ranks, since.Numbers));
        _due.AddRange(due.Ranks, due.Numbers);
        return unknown;
    }

    /// <summary>How many there are that are not in memory.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _byNumber.Count;
        }
    }

    /// <summary>Where an instance stands that is not in memory; null for any other.</summary>
    public Standing? StandingOf(long number)
    {
        lock (_gate)
            return _byNumber.TryGetValue(number, out var known) ? known.Rest.Standing : null;
    }

    /// <summary>An instance in memory has come to rest. Should there be too many of them, the first one leaves.</summary>
    public void Offer(Instance instance)
    {
        _idle.Enqueue(instance);
        if (Interlocked.Increment(ref _idleCount) <= _host.Options.MaxIdle || !_idle.TryDequeue(out var first))
            return;
        Interlocked.Decrement(ref _idleCount);
        first.Departure.Begin();
    }

    /// <summary>An instance leaves the memory.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="rest">What is known of it.</param>
    /// <param name="time">When it is due, as <see cref="TimerQueue.Now"/> has it, or <see cref="Rest.Never"/>.</param>
    public void Add(Instance instance, Rest rest, DateTime time)
    {
        // In one step for whoever looks: it is always found in the one place or the other.
        lock (_gate)
        {
            _byNumber.Add(instance.Number, new Known(rest, time));
            _host.Instances.Remove(instance);
        }
        _due.Add(time, instance.Number);
    }

    /// <summary>An instance that has not ended, in memory from now on; null when there is none.</summary>
    /// <param name="number">The instance.</param>
    /// <param name="isDue">True when its time has come, whatever the clock says.</param>
    /// <exception cref="StoreException">It rests, and its records cannot be read.</exception>
    public Instance? Find(long number, bool isDue = false)
    {
        Lazy<Instance>? comingBack;
        lock (_gate)
        {
            if (_host.Instances.FindInMemory(number) is { } instance)
                return instance;
            if (!_byNumber.TryGetValue(number, out var known))
                return null;
            // One thread takes it up; whoever else wants it waits for that.
            if (!_comingBack.TryGetValue(number, out comingBack))
                _comingBack.Add(number, comingBack = new(() => TakeUp(number, known, isDue)));
        }
        try
        {
            return comingBack.Value;
        }
        finally
        {
            lock (_gate)
            {
                if (_comingBack.GetValueOrDefault(number) == comingBack)
                    _comingBack.Remove(number);
            }
        }
    }

    private Instance TakeUp(long number, Known known, bool isDue)
    {
        var stored = _host.Store.Load(number) ?? throw new InvalidOperationException($"Instance {number} is gone.");
        var instance = new Instance(_host, stored.Id, HistoryReader.ReadAll(stored.Payloads)) { Number = number };
        var slot = _host.Recorder.Enter(number, FlightRecorder.TakingUp);
        instance.Resume(known.Rest, known.Time - known.Rest.DueAt, isDue, () =>
        {
            lock (_gate)
            {
                _host.Instances.Add(instance);
                _byNumber.Remove(number);
            }
            _due.Remove(known.Time, number);
        });
        _host.Recorder.Leave(slot);
        return instance;
    }

    private void TakeUpDue(long number)
    {
        try
        {
            Find(number, isDue: true);
        }
        catch (Exception failure)
        {
            _host.Logger.LogError(failure, "Instance {Number} is due and cannot be resumed; it waits until somebody looks at it, or for the next start", number);
        }
    }

    /// <param name="Rest">What is known of it.</param>
    /// <param name="Time">When it is due, as <see cref="TimerQueue.Now"/> has it.</param>
    private readonly record struct Known(Rest Rest, DateTime Time);

    /// <summary>What an order is made of.</summary>
    private sealed class Places
    {
        public List<long> Ranks { get; } = [];

        public List<long> Numbers { get; } = [];

        public void Add(long rank, long number)
        {
            Ranks.Add(rank);
            Numbers.Add(number);
        }
    }
}
