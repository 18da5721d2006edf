using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>What the records of one segment add up to, before other segments are known: a sealed segment's index file holds just this.</summary>
internal sealed class SegmentContents : ISealedContents
{
    /// <summary>The names of the instances here. Identities hold their numbers.</summary>
    public NameTable Names { get; } = new();

    /// <summary>The instances whose last word here is their archive.</summary>
    public Dictionary<long, Archived> Archives { get; } = [];

    /// <summary>The instances that are open as far as this segment goes.</summary>
    public Dictionary<long, Open> Opened { get; } = [];
    public List<Tombstone> Purges { get; } = [];

    /// <summary>The segments that this one declares void.</summary>
    public List<int> Drops { get; } = [];

    /// <summary>The greatest instance number in it.</summary>
    public long GreatestNumber { get; set; }

    public void Add(in Record record, RecordLocation at, StoreOptions options)
    {
        if (record.Kind == RecordKind.Drop)
        {
            Drops.Add((int)record.Number);
            return;
        }

        GreatestNumber = Math.Max(GreatestNumber, record.Number);
        switch (record.Kind)
        {
            case RecordKind.Start or RecordKind.Snapshot:
                Archives.Remove(record.Number);
                var whole = new Open(Identify(record, options), new RunningInstance());
                whole.Instance.Records.Add(at);
                Opened[record.Number] = whole;
                break;
            case RecordKind.Event or RecordKind.Rest:
                if (!Opened.TryGetValue(record.Number, out var open))
                    Opened.Add(record.Number, open = new Open(null, new RunningInstance()));
                open.Instance.Records.Add(at);
                open.Instance.Note = record.Kind == RecordKind.Rest ? new Note(record.Payload) : default;
                break;
            case RecordKind.Archive:
                var known = Opened.Remove(record.Number, out var begun) ? begun.Identity : null;
                Archives[record.Number] = new Archived(known ?? Identify(record, options), record.LastUpdatedAt, record.Status, at);
                break;
            case RecordKind.Purge:
                Opened.Remove(record.Number);
                Archives.Remove(record.Number);
                Purges.Add(new Tombstone(record.Number, at));
                break;
        }
    }

    /// <summary>Adds it to what the segments before add up to.</summary>
    public void ApplyTo(InstanceTable table)
    {
        var names = Names.All.Select(table.Index.Names.NumberOf).ToArray();
        foreach (var (number, (identity, open)) in Opened)
            table.ApplyOpen(number, identity is { } known ? known with { Name = names[known.Name] } : null, open);

        foreach (var (number, ended) in Archives)
            table.ApplyArchive(number, ended.Identity with { Name = names[ended.Identity.Name] }, ended.LastUpdatedAt, ended.Status, ended.At);

        foreach (var purge in Purges)
            table.ApplyPurge(purge.Number, purge.At);
    }

    /// <summary>What the index has to know of the instance that a record begins with.</summary>
    private Identity Identify(in Record record, StoreOptions options)
    {
        var first = record.FirstPayload;
        return new(IdHash.Of(record.Id), record.CreatedAt, Names.NumberOf(options.NameOf(first)), SearchEntry.Of(record.IdText, options.KeyOf(first)));
    }

    public readonly record struct Archived(Identity Identity, DateTime LastUpdatedAt, OrchestrationRuntimeStatus Status, RecordLocation At);

    /// <summary>An open instance: its records here, and its identity if the first of them voids all earlier ones.</summary>
    public readonly record struct Open(Identity? Identity, RunningInstance Instance);

    public readonly record struct Tombstone(long Number, RecordLocation At);
}
