using CallCenter.Runtime.Telemetry;

namespace CallCenter.Runtime.Storage;

/// <summary>How a store is kept.</summary>
internal sealed record StoreOptions
{
    /// <summary>The folder; one program at a time may have it open.</summary>
    public required string Folder { get; init; }

    /// <summary>Reads the name that an instance is listed under from the payload that it begins with. Its archive must begin so, too.</summary>
    public required NameReader NameOf { get; init; }

    /// <summary>Reads the key that an instance is searched by, beside its id, from the same payload.</summary>
    public KeyReader KeyOf { get; init; } = _ => null;

    /// <summary>Ended instances that were last updated longer ago than this are purged; null keeps them.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>The size of the first segment. Each next one is twice as large, so that a toy costs little disk.</summary>
    public int FirstSegmentBytes { get; init; } = 4 << 20;

    /// <summary>The size at which segments stop growing. A larger batch still gets a segment that holds it.</summary>
    public int LargestSegmentBytes { get; init; } = 64 << 20;

    /// <summary>How long to wait after a failed write before the next attempt; after that twice as long each time, up to thirty times.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan DelayAfter(int failures) => RetryDelay * Math.Min(30, 1 << Math.Min(failures - 1, 5));

    /// <summary>How often to look for garbage and for instances past their retention; infinite: never by itself.</summary>
    public TimeSpan UpkeepInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A sealed segment is compacted when more than this share of it is garbage.</summary>
    public double GarbageShare { get; init; } = 0.5;

    /// <summary>False: no threads of its own, everything is done by who asks for it, the same way each time. For tests.</summary>
    public bool OwnThreads { get; init; } = true;

    /// <summary>Where it counts what it does; null for nowhere.</summary>
    public JournalMetrics? Metrics { get; init; }

    /// <summary>The clock, for retention and for waiting.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>Finds a name in a payload.</summary>
/// <returns>The name in UTF-8, a part of the payload; empty when there is none.</returns>
internal delegate ReadOnlySpan<byte> NameReader(ReadOnlySpan<byte> payload);

/// <summary>Finds a key in a payload.</summary>
/// <returns>The key; null when there is none.</returns>
internal delegate string? KeyReader(ReadOnlySpan<byte> payload);
