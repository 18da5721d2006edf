using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Commit;

/// <summary>What a record of a batch does to the table once it is on disk.</summary>
/// <param name="Kind">The kind of the record.</param>
/// <param name="Number">Its number.</param>
/// <param name="Offset">Where it begins in the batch.</param>
/// <param name="Length">Its size.</param>
internal readonly record struct Change(RecordKind Kind, long Number, int Offset, int Length)
{
    /// <summary>True when compaction wrote it: what it says was true before, so no instance has it on the way.</summary>
    public bool IsMoved { get; init; }
    public DateTime LastUpdatedAt { get; init; }
    public OrchestrationRuntimeStatus Status { get; init; }
}
