using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Recovery;

namespace CallCenter.Runtime.Replaying;

/// <summary>Replays every history of a journal against this build's code.</summary>
/// <param name="journal">The journal.</param>
/// <param name="registry">The code.</param>
internal sealed class JournalReplay(JournalView journal, OrchestrationRegistry registry)
{
    private readonly int[] _counts = new int[Enum.GetValues<ReplayOutcome>().Length];
    private readonly List<Difference>[] _differences = [.. Enum.GetValues<ReplayOutcome>().Select(_ => new List<Difference>())];

    /// <summary>How many differences of each kind are kept.</summary>
    public const int MostShown = 10;

    /// <summary>How many histories were replayed.</summary>
    public int Total => _counts.Sum();

    /// <summary>How many came to this.</summary>
    public int Count(ReplayOutcome outcome) => _counts[(int)outcome];

    /// <summary>The first that came to this: those that have not ended, then the others, each oldest first.</summary>
    public IReadOnlyList<Difference> First(ReplayOutcome outcome) => _differences[(int)outcome];

    /// <summary>Replays all of them, on all processors.</summary>
    public void Run(CancellationToken cancellation)
    {
        RunAll(journal.Unfinished.Count, index => Of(journal.Unfinished[index].Id, journal.Unfinished[index].Payloads), cancellation);
        foreach (var portion in journal.Instances.Scan(new InstanceScan(null, [.. IInstanceStore.Ended]) { OldestFirst = true }))
            RunAll(portion.Length, index => Of(portion.Span[index]), cancellation);
    }

    private void RunAll(int count, Func<int, Difference> replay, CancellationToken cancellation)
    {
        var found = new Difference[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, index => found[index] = replay(index));
        foreach (var one in found)
        {
            var outcome = (int)one.Replay.Outcome;
            _counts[outcome]++;
            if (one.Replay.Outcome != ReplayOutcome.Same && _differences[outcome].Count < MostShown)
                _differences[outcome].Add(one);
        }
    }

    private Difference Of(InstanceEntry entry)
    {
        try
        {
            var archive = journal.Instances.ReadArchive(entry)!;
            return Of(archive.Id, [archive.Payload]);
        }
        catch (StoreDamagedException damage)
        {
            return new($"(created at {entry.CreatedAt:u})", new Replay(ReplayOutcome.Unreadable, "a sound record", damage.Message));
        }
    }

    private Difference Of(string id, IReadOnlyList<ReadOnlyMemory<byte>> payloads)
    {
        try
        {
            return new(id, HistoryReplay.Of(registry, id, HistoryReader.ReadAll(payloads)));
        }
        catch (InvalidDataException unreadable)
        {
            return new(id, new Replay(ReplayOutcome.Unreadable, "a history that this build reads", unreadable.Message));
        }
    }

    /// <summary>What became of one instance's history.</summary>
    internal readonly record struct Difference(string Id, Replay Replay);
}
