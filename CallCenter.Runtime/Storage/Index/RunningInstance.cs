namespace CallCenter.Runtime.Storage.Index;

/// <summary>An instance that has not ended. Guarded by the store's gate.</summary>
internal sealed class RunningInstance
{
    /// <summary>Its id; empty for one that rests, until it is read.</summary>
    public string Id { get; set; } = "";

    /// <summary>What it rests with, while a journal is read; empty when it does not.</summary>
    public Note Note;

    /// <summary>Its records that count, as far as they are on disk, in order.</summary>
    public RecordList Records;

    /// <summary>How many of its records are on the way to the disk.</summary>
    public int OnTheWay { get; set; }

    /// <summary>True when its end is on the way to the disk: nothing more can be added.</summary>
    public bool IsEnding { get; set; }
}
