using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;

namespace CallCenter.Tests.Storage;

/// <summary>Does to a store on a <see cref="TestDisk"/> what a list of numbers says, beside a <see cref="StoreModel"/>.</summary>
/// <param name="seed">For the disk's chance.</param>
/// <param name="ownThreads">False: the same seed and steps do the same each time, and fast. True: as in earnest.</param>
internal sealed class StoreDriver(int seed, bool ownThreads) : IDisposable
{
    private const int MostInstances = 24;

    // The words below this change an instance, and wait for nothing.
    private const uint Changes = 206;

    private static readonly DateTime DueBefore = StoreTesting.Noon.AddSeconds(100);

    private readonly StoreOptions _options = new()
    {
        NameOf = StoreTesting.NameOf,
        Clock = new FixedClock { Now = DueBefore.AddHours(1) },
        Retention = TimeSpan.FromHours(1),
        Folder = "/data",
        FirstSegmentBytes = 2048,
        LargestSegmentBytes = 4096,
        OwnThreads = ownThreads,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        UpkeepInterval = Timeout.InfiniteTimeSpan,
    };

    private readonly TestDisk _disk = new(seed);
    private readonly StoreModel _model = new(DueBefore);
    private readonly Lock _stepping = new();
    private InstanceStore? _store;
    private long _lastPosition;
    private int _ids;
    private int _waits;

    /// <summary>How many changes the store took.</summary>
    public long Mutations { get; private set; }

    /// <summary>Does all of it, and at last looks whether all is there.</summary>
    public void Run(IEnumerable<uint> steps)
    {
        Open();
        foreach (var step in steps)
            Do(step);
        Reopen(losePower: null);
    }

    public void Dispose() => _store?.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private InstanceStore Store => _store!;

    private void Do(uint step)
    {
        // The low byte says what, the rest with which instance and how much.
        var (what, which) = (step & 0xFF, step >> 8);
        if (what < Changes)
            Change(what, which);
        else if (what < 236)
            Interleaved(which, Wait);
        else if (what < 246)
            Interleaved(which, Upkeep);
        else if (what < 248)
            _disk.CutAt = _disk.Operations + 1 + (int)(which % 40);
        else if (what < 250)
            _disk.KillAt = _disk.Operations + 1 + (int)(which % 40);
        else if (what < 252)
            _disk.FailingFlushes = 1 + (int)(which % 3);
        else if (what < 253)
            FillDisk();
        else
            Reopen(losePower: which % 3 == 0 ? null : which % 3 == 1);

        if (_disk.IsOff)
            Reopen(losePower: _disk.LosesPower);
    }

    private void Change(uint what, uint which)
    {
        if (what < 56)
            Start(which);
        else if (what < 70)
            Rest(which);
        else if (what < 120)
            Append(which);
        else if (what < 160)
            Finish(which);
        else if (what < 172)
            OnEnded(which, Restart);
        else if (what < 186)
            OnEnded(which, ReopenInstance);
        else
            Purge(which);
    }

    /// <summary>Every other time, changes come in while something is being flushed: between what was appended before and what that does to the table.</summary>
    private void Interleaved(uint which, Action act)
    {
        var chance = new Random((int)(which & int.MaxValue));
        var left = which % 2 == 0 ? 0 : chance.Next(1, 16);
        _disk.DuringFlush = () =>
        {
            lock (_stepping)
            {
                // Oftener than elsewhere on what has ended: that is what the upkeep moves.
                if (left-- > 0)
                    Change((uint)(chance.Next(2) == 0 ? chance.Next(160, 206) : chance.Next((int)Changes)), (uint)chance.Next(1 << 24));
            }
        };
        act();
        lock (_stepping)
            left = 0;
    }

    private void Start(uint which)
    {
        if (_model.Now.Count >= MostInstances)
        {
            Purge(which);
            return;
        }

        var id = $"case {_ids++ % 40}";
        var payload = Payload(which, id);
        try
        {
            if (Store.TryStart(id, StoreTesting.Noon, payload) is not { } started)
            {
                // The id of one that is being purged is taken until that is durable.
                Assert.True(!_model.IsSettled || _model.Now.Values.Any(one => one.Id == id), $"'{id}' was refused.");
                return;
            }

            Tell(started.Position, all => all.Add(started.Number, new ModelInstance(started.Number, id) { Payloads = [payload] }));
        }
        catch (OrchestrationUnavailableException)
        {
            Assert.NotNull(_store);
        }
    }

    private void Append(uint which) => OnRunning(which, one =>
    {
        var payload = Payload(which, "");
        Tell(Store.Append(one.Number, payload), all => all[one.Number] = all[one.Number] with { Payloads = [.. all[one.Number].Payloads, payload] });
    });

    /// <summary>It comes to rest, and may be read again. Nothing is lost with the note, so nobody waits for it.</summary>
    private void Rest(uint which) => OnRunning(which, one =>
    {
        Store.Rest(one.Number, [(byte)one.Payloads.Count]);
        var stored = Store.Load(one.Number)!;
        // What is still on the way is not read: in earnest nothing is, when an instance rests.
        if (_model.IsSettled)
            Assert.Equal(one.Payloads, stored.Payloads.Select(payload => payload.ToArray()));
    });

    private void Finish(uint which) => OnRunning(which, one =>
    {
        var (archive, at) = (Payload(which, one.Id), StoreTesting.Noon.AddSeconds(which % 1000));
        var status = (which % 3) switch
        {
            0 => OrchestrationRuntimeStatus.Completed,
            1 => OrchestrationRuntimeStatus.Failed,
            _ => OrchestrationRuntimeStatus.Terminated,
        };
        Tell(Store.Finish(one.Number, status, at, archive), all => all[one.Number] = one with { Status = status, LastUpdatedAt = at, Payloads = [archive] });
    });

    private void Restart(ModelInstance one, uint which)
    {
        var payload = Payload(which, one.Id);
        try
        {
            // Its end may still be on the way: a replacement is for what is durable.
            if (Store.TryStart(one.Id, StoreTesting.Noon, payload, replaces: one.Number) is not { } started)
                return;
            Tell(started.Position, all =>
            {
                all.Remove(one.Number);
                all.Add(started.Number, new ModelInstance(started.Number, one.Id) { Payloads = [payload] });
            });
        }
        catch (OrchestrationUnavailableException)
        {
            Assert.NotNull(_store);
        }
    }

    private void ReopenInstance(ModelInstance one, uint which)
    {
        var payload = Payload(which, one.Id);
        try
        {
            Tell(Store.Reopen(one.Number, payload), all => all[one.Number] = new ModelInstance(one.Number, one.Id) { Payloads = [payload] });
        }
        catch (InvalidOperationException) when (_model.IsDue(one))
        {
            // Retention has taken it, or is about to.
        }
    }

    private void Purge(uint which)
    {
        if (Pick(_model.Now.Values, which) is { } one)
            Tell(Store.Purge(one.Number), all => all.Remove(one.Number));
    }

    private void OnRunning(uint which, Action<ModelInstance> act)
    {
        if (Pick(_model.Now.Values.Where(one => one.Status == OrchestrationRuntimeStatus.Running), which) is { } one)
            act(one);
    }

    private void OnEnded(uint which, Action<ModelInstance, uint> act)
    {
        if (Pick(_model.Now.Values.Where(one => one.Status != OrchestrationRuntimeStatus.Running), which) is { } one)
            act(one, which);
    }

    private void Tell(long position, Action<Dictionary<long, ModelInstance>> change)
    {
        Mutations++;
        _lastPosition = position;
        _model.Tell(position, change);
    }

    private void Wait()
    {
        long position;
        lock (_stepping)
            position = _lastPosition;
        using var first = new BlockingListener(mayFlush: position % 2 == 0);
        Store.NotifyWhenDurable(position, first);
        if (!first.WaitForCommit(() => Store.WriteFailure is not null))
        {
            // A bad flush or a full disk: it must get over that as soon as it can.
            _disk.Capacity = long.MaxValue;
            using var second = new BlockingListener(mayFlush: position % 4 < 2);
            Store.NotifyWhenDurable(position, second);
            if (!second.WaitForCommit(() => _disk.IsOff))
                return;
        }

        lock (_stepping)
        {
            _model.Acknowledge(position);
            if (!_disk.IsOff && ++_waits % 8 == 0 && _model.IsSettled)
                _model.CheckShown(Store);
        }
    }

    private void Upkeep()
    {
        _disk.Capacity = long.MaxValue;
        using var ends = new CancellationTokenSource();
        var upkeep = Store.RunUpkeepAsync(ends.Token);
        while (Task.WaitAny([upkeep], 1) < 0)
        {
            if (_disk.IsOff)
                ends.Cancel();
        }

        if (!_disk.IsOff)
            upkeep.GetAwaiter().GetResult();
    }

    private void FillDisk() => _disk.Capacity = _disk.UsedBytes;

    private void Reopen(bool? losePower)
    {
        // Null: closed in good order, which writes what was not yet waited for.
        if (losePower is null)
            (_disk.Capacity, _disk.FailingFlushes) = (long.MaxValue, 0);
        else
            _disk.CutNow();

        Dispose();
        if (!_disk.IsOff)
            _model.Acknowledge(_lastPosition);
        _disk.Restart(losePower ?? _disk.IsOff);
        _disk.Capacity = long.MaxValue;
        Open();
    }

    private void Open()
    {
        _store = StoreTesting.OpenAsync(_options, _disk).GetAwaiter().GetResult();
        _lastPosition = 0;
        _model.CheckRecovered(_store);
        _model.CheckShown(_store);
    }

    /// <summary>Some bytes, behind the name of an instance of that id.</summary>
    private static byte[] Payload(uint which, string id)
    {
        // Mostly small; now and then more than a whole segment.
        var length = which % 97 == 0 ? 6000 : (int)(which % 150);
        var payload = new byte[length];
        for (var i = 0; i < length; i++)
            payload[i] = (byte)(which + (i * 7));
        return [.. StoreTesting.Bytes(NameOf(id) + ":"), .. payload];
    }

    /// <summary>What instances of an id are called: one of a few names, or nothing.</summary>
    private static string NameOf(string id) => (id.LastOrDefault() % 4) switch
    {
        0 => "",
        1 => "rare",
        _ => "common",
    };

    private static ModelInstance? Pick(IEnumerable<ModelInstance> from, uint which)
    {
        var all = from.ToList();
        return all.Count == 0 ? null : all[(int)(which % all.Count)];
    }
}
