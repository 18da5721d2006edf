using System.Text;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;

namespace CallCenter.Tests.Storage;

/// <summary>
/// What a store was told and what it has acknowledged. After a crash it must hold all that was acknowledged and, of what was told after that, the first
/// changes up to some point: never a later one without an earlier one. An ended instance that is due may be gone at any time.
/// </summary>
/// <param name="dueBefore">An instance that ended before this is due.</param>
internal sealed class StoreModel(DateTime dueBefore = default)
{
    private readonly Queue<(long Position, Action<Dictionary<long, ModelInstance>> Change)> _told = new();
    private readonly Dictionary<long, ModelInstance> _acknowledged = [];

    /// <summary>All that was told.</summary>
    public Dictionary<long, ModelInstance> Now { get; private set; } = [];

    /// <summary>True when all that was told is acknowledged.</summary>
    public bool IsSettled => _told.Count == 0;

    public void Tell(long position, Action<Dictionary<long, ModelInstance>> change)
    {
        change(Now);
        _told.Enqueue((position, change));
    }

    public void Acknowledge(long position)
    {
        while (_told.TryPeek(out var next) && next.Position <= position)
            _told.Dequeue().Change(_acknowledged);
    }

    /// <summary>Compares with a store just opened, and goes on with what it holds.</summary>
    public void CheckRecovered(InstanceStore store)
    {
        var found = Read(store);
        while (!AreSame(_acknowledged, found))
        {
            if (!_told.TryDequeue(out var next))
                Assert.Fail($"It should hold\n{Text(Now)}\nor a state before that, but holds\n{Text(found)}");
            next.Change(_acknowledged);
        }

        _told.Clear();
        foreach (var number in _acknowledged.Keys.Except(found.Keys).ToList())
            _acknowledged.Remove(number);
        Now = new Dictionary<long, ModelInstance>(_acknowledged);
    }

    /// <summary>Compares with a store in which all is durable.</summary>
    public void CheckShown(InstanceStore store)
    {
        var shown = store.NewestFirst().ToList();
        var gone = Now.Keys.Except(shown.Select(entry => entry.Number)).Where(number => IsDue(Now[number])).ToList();
        gone.ForEach(number => Now.Remove(number));
        Assert.Equal(Now.Keys.OrderDescending(), shown.Select(entry => entry.Number));
        foreach (var entry in shown)
            CheckShown(store, entry, Now[entry.Number]);
        foreach (var name in new[] { null, "", "rare", "common" })
            CheckLists(store, name);
    }

    private void CheckLists(InstanceStore store, string? name)
    {
        var fit = Now.Values.Where(one => name is null || one.Name == name).OrderByDescending(one => one.Number).ToList();
        Assert.Equal(fit.Select(one => one.Number), store.NewestFirst(name).Select(entry => entry.Number));
        foreach (var (status, count) in store.EndedCounts(name))
        {
            Assert.Equal(fit.LongCount(one => one.Status == status), count);
            Assert.Equal(fit.Where(one => one.Status == status).Select(one => one.Number), store.NewestFirst(name, [status]).Select(entry => entry.Number));
        }
    }

    private static void CheckShown(InstanceStore store, InstanceEntry entry, ModelInstance expected)
    {
        Assert.Equal(entry, store.Find(expected.Id));
        Assert.Equal(expected.Status, entry.Status);
        if (expected.Status == OrchestrationRuntimeStatus.Running)
            return;

        var archive = store.ReadArchive(entry);
        Assert.Equal((expected.Id, expected.LastUpdatedAt), (archive!.Id, entry.LastUpdatedAt));
        Assert.True(archive.Payload.Span.SequenceEqual(expected.Payloads[0]));
    }

    private static Dictionary<long, ModelInstance> Read(InstanceStore store)
    {
        var found = store.TakeUnfinished().Concat(store.TakeResting().Select(resting => Load(store, resting))).ToDictionary(
            one => one.Number, one => new ModelInstance(one.Number, one.Id) { Payloads = [.. one.Payloads.Select(payload => payload.ToArray())] });
        foreach (var entry in store.NewestFirst().Where(entry => entry.Status != OrchestrationRuntimeStatus.Running))
        {
            var archive = store.ReadArchive(entry)!;
            found.Add(entry.Number, new ModelInstance(entry.Number, archive.Id)
            {
                Status = entry.Status,
                LastUpdatedAt = entry.LastUpdatedAt,
                Payloads = [archive.Payload.ToArray()],
            });
        }

        return found;
    }

    /// <summary>One that rests: its note says how many payloads there were, and none can have come since.</summary>
    private static StoredInstance Load(InstanceStore store, RestingInstance resting)
    {
        var stored = store.Load(resting.Number)!;
        Assert.Equal(resting.Note.Span[0], (byte)stored.Payloads.Count);
        Assert.Equal(resting.Name, Encoding.UTF8.GetString(StoreTesting.NameOf(stored.Payloads[0].Span)));
        return stored;
    }

    /// <summary>True when retention may have taken it.</summary>
    public bool IsDue(ModelInstance one) => one.Status != OrchestrationRuntimeStatus.Running && one.LastUpdatedAt < dueBefore;

    private bool AreSame(Dictionary<long, ModelInstance> told, Dictionary<long, ModelInstance> found) =>
        found.Keys.All(told.ContainsKey)
        && told.Values.All(one => found.TryGetValue(one.Number, out var same) ? one.IsSameAs(same) : IsDue(one));

    private static string Text(Dictionary<long, ModelInstance> state) => string.Join('\n', state.Values
        .OrderBy(one => one.Number)
        .Select(one => $"  {one.Number} '{one.Id}' {one.Status} {string.Join(',', one.Payloads.Select(payload => payload.Length))}"));
}
