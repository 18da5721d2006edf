using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Index;

namespace CallCenter.Runtime.Storage;

/// <summary>
/// Keeps orchestration instances on disk. What it is given are opaque payloads: an instance starts with one, grows by
/// more, and ends as one archive that holds everything worth keeping of it.
/// </summary>
/// <remarks>
/// Every change is appended to memory at once, in the order of the calls, and becomes durable with the next flush. A change
/// returns its position; <see cref="NotifyWhenDurable"/> tells when that position is on disk. Whoever acts on a change, or shows it,
/// waits for that first. All members may be called from any thread.
/// </remarks>
internal interface IInstanceStore : IAsyncDisposable
{
    /// <summary>
    /// Why nothing can be written now, or soon (there is no room for the next segment); null while all is well. Nothing new should be taken in from outside.
    /// What would give room back should be: a purge, as long as there is no <see cref="WriteFailure"/>.
    /// </summary>
    Exception? Failure { get; }

    /// <summary>Why the last write failed; null when it did not. Who waits for a position goes on waiting until it is durable.</summary>
    Exception? WriteFailure { get; }

    /// <summary>The instances that had not ended when the store was opened, oldest first, but for those that rest. Called once, before any change.</summary>
    IReadOnlyList<StoredInstance> TakeUnfinished();

    /// <summary>Those that rest. Called once, before any change.</summary>
    IReadOnlyList<RestingInstance> TakeResting();

    /// <summary>Starts an instance.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="createdAt">When it was created (UTC).</param>
    /// <param name="payload">Its first payload.</param>
    /// <param name="replaces">The number of the ended instance of the same id that this one takes the place of, in one step.</param>
    /// <returns>Its number, greater than every number before, and the position; null when an instance of that id exists, durable or on the way.</returns>
    /// <exception cref="OrchestrationUnavailableException">There is a <see cref="Failure"/>. Nothing was appended.</exception>
    (long Number, long Position)? TryStart(string id, DateTime createdAt, ReadOnlySpan<byte> payload, long? replaces = null);

    /// <summary>Adds a payload to an unfinished instance.</summary>
    /// <exception cref="InvalidOperationException">It was finished or purged.</exception>
    long Append(long number, ReadOnlySpan<byte> payload);

    /// <summary>
    /// An unfinished instance rests: the next start finds the note and not the payloads. Whatever is said of it afterwards voids the note, and
    /// <see cref="Load"/> comes before it. Should it get lost, no more is lost than the time to read the payloads.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was finished or purged.</exception>
    void Rest(long number, ReadOnlySpan<byte> note);

    /// <summary>Reads an unfinished instance, as far as it is on disk; null when it has ended or is gone.</summary>
    /// <exception cref="StoreDamagedException">Its records are not what was written.</exception>
    StoredInstance? Load(long number);

    /// <summary>Ends an instance: the archive takes the place of all its payloads.</summary>
    /// <exception cref="InvalidOperationException">It was finished or purged.</exception>
    long Finish(long number, OrchestrationRuntimeStatus status, DateTime lastUpdatedAt, ReadOnlySpan<byte> archive);

    /// <summary>Takes up an ended instance again: the payload takes the place of its archive.</summary>
    /// <exception cref="InvalidOperationException">It has not ended, or was purged or replaced (retention may do that at any time).</exception>
    long Reopen(long number, ReadOnlySpan<byte> payload);

    /// <summary>Removes an instance, ended or not. It is gone from the index once that is durable.</summary>
    long Purge(long number);

    /// <summary>Calls the listener as soon as everything up to the position is durable; at once when it is already.</summary>
    void NotifyWhenDurable(long position, ICommitListener listener);

    /// <summary>The instance of this id, ended or not; null when there is none.</summary>
    InstanceEntry? Find(string id);

    /// <summary>The archive of an ended instance, with its id; null when it was purged or reopened meanwhile.</summary>
    StoredArchive? ReadArchive(InstanceEntry entry);

    /// <summary>Instances in the order of their creation or the other way round, as the index has them, some at a time. Those that do not fit cost next to nothing.</summary>
    /// <returns>Portions, each good until the next is asked for.</returns>
    IEnumerable<ReadOnlyMemory<InstanceEntry>> Scan(InstanceScan scan);

    /// <summary>How many ended instances there are of each status; only those of a name, unless that is null.</summary>
    IReadOnlyDictionary<OrchestrationRuntimeStatus, long> EndedCounts(string? name = null);

    /// <summary>The statuses of ended instances.</summary>
    static readonly IReadOnlyList<OrchestrationRuntimeStatus> Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];
}

/// <summary>An instance that has not ended, as it is found on disk.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Id">Its id.</param>
/// <param name="Payloads">Its payloads in order, the one it was started or reopened with first.</param>
internal sealed record StoredInstance(long Number, string Id, IReadOnlyList<ReadOnlyMemory<byte>> Payloads);

/// <summary>An instance that has not ended and rests.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name, as <see cref="StoreOptions.NameOf"/> reads it.</param>
/// <param name="Note">What its owner left with it.</param>
internal readonly record struct RestingInstance(long Number, string Name, Note Note);

/// <summary>An ended instance as it is found on disk.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Payload">What it was finished with.</param>
internal sealed record StoredArchive(string Id, ReadOnlyMemory<byte> Payload);

/// <summary>
/// What the index knows of an instance.
/// An unfinished one is <see cref="OrchestrationRuntimeStatus.Running"/> here, whatever its owner knows better.
/// </summary>
internal readonly record struct InstanceEntry(long Number, OrchestrationRuntimeStatus Status, DateTime CreatedAt, DateTime LastUpdatedAt, long Location);

/// <summary>Waits for a position to become durable. Called on the flushing thread: come back at once.</summary>
internal interface ICommitListener
{
    /// <summary>True while the thread that waits may flush by itself, and be told on the way.</summary>
    bool MayFlush => false;

    void OnCommitted(long position);
}
