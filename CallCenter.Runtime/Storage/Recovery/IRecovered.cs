using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>Takes in what a segment says of its instances.</summary>
internal interface IRecovered
{
    /// <summary>The names of instances. Identities hold their numbers.</summary>
    NameTable Names { get; }

    /// <summary>An instance whose last word in the segment is its archive.</summary>
    void ApplyArchive(long number, in Identity identity, DateTime lastUpdatedAt, OrchestrationRuntimeStatus status, RecordLocation at);

    /// <summary>An instance that is open as far as the segment goes.</summary>
    /// <param name="number">The instance.</param>
    /// <param name="identity">What is known of it, if its first record here voids all earlier ones.</param>
    /// <param name="open">Its records here.</param>
    void ApplyOpen(long number, in Identity? identity, RunningInstance open);

    void ApplyPurge(long number, RecordLocation at);
}

/// <summary>What a sealed segment says of its instances, read and ready to be taken in.</summary>
internal interface ISealedContents
{
    void ApplyTo(IRecovered recovered);
}
