namespace CallCenter.Runtime.Storage.Journal;

/// <summary>What a record says. The values are the file format's: never change one.</summary>
internal enum RecordKind : byte
{
    /// <summary>An instance begins: id, creation time, first payload.</summary>
    Start = 1,
    Event = 2,

    /// <summary>An ended instance, whole. Everything said of it before is void.</summary>
    Archive = 3,

    /// <summary>A running instance, whole: all its payloads. Everything said of it before is void.</summary>
    Snapshot = 4,

    /// <summary>An instance is gone. Its number is never used again.</summary>
    Purge = 5,

    /// <summary>A segment was compacted: all that counts of it stands in later ones. The number is the segment's.</summary>
    Drop = 6,

    /// <summary>A running instance rests: what its owner has to know of it at the next start, without its payloads. Void once anything else is said of it.</summary>
    Rest = 7,
}
