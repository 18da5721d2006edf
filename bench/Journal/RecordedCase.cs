using CallCenter.Durable.Seams;

namespace CallCenter.Bench.Journal;

/// <summary>What the runtime gave to its store for one case, from its start to its end.</summary>
/// <param name="First">The payload that it was started with.</param>
internal sealed record RecordedCase(byte[] First)
{
    /// <summary>What was appended, in order.</summary>
    public List<byte[]> Events { get; } = [];

    /// <summary>What it rests with, for one that waits.</summary>
    public byte[] Note { get; set; } = [];

    /// <summary>How it ended; <see cref="OrchestrationRuntimeStatus.Running"/> until then.</summary>
    public OrchestrationRuntimeStatus Status { get; set; }

    /// <summary>The archive that took the place of all the others.</summary>
    public byte[] Archive { get; set; } = [];

    /// <summary>The sizes of its payloads, in the order in which they went to the disk, each with a flush of its own when the case is alone.</summary>
    public IReadOnlyList<int> Sizes => [First.Length, .. Events.Select(payload => payload.Length), Archive.Length];
}
