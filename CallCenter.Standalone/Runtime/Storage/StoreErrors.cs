namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>A file of the store does not hold what was once written and acknowledged. Nothing was changed.</summary>
internal sealed class StoreDamagedException(string file, long offset, string what)
    : Exception(
        $"The journal is damaged: {file}, offset {offset}: {what} Nothing was changed. " +
        "Restore the folder from a backup, or see docs/journal.md for how to go on without the damaged part.")
{
    /// <summary>The damaged file.</summary>
    public string File { get; } = file;

    /// <summary>Where in it.</summary>
    public long Offset { get; } = offset;
}

/// <summary>Another program has the folder open.</summary>
internal sealed class StoreLockedException(string folder, string holder)
    : Exception($"The folder '{folder}' is in use by {holder}. One program at a time may have it: stop that one, or choose another folder with --data.");
