namespace CallCenter.Runtime.Storage;

/// <summary>Why a store cannot be opened, and what to do about it.</summary>
internal abstract class StoreException(string message) : Exception(message);

/// <summary>A file of the store does not hold what was once written and acknowledged. Nothing was changed.</summary>
internal sealed class StoreDamagedException(string file, long offset, string what)
    : StoreException(
        $"The journal is damaged: {file}, offset {offset}: {what} Nothing was changed. " +
        "Restore the folder from a backup, or see docs/journal.md for how to continue without the damaged part.")
{
    public string File { get; } = file;
    public long Offset { get; } = offset;

    /// <summary>A segment's file is not there.</summary>
    public static StoreDamagedException Missing(string file) => new(file, 0, "the segment is missing.");
}

/// <summary>A sound file of the store holds what this version does not know.</summary>
internal sealed class StoreNewerException(string file, long offset, string what)
    : StoreException(
        $"{file}, offset {offset}, was written by a newer version of this program, {what}. Nothing was changed. " +
        "Start that version, or choose another folder with --data.");

/// <summary>Another program has the folder open.</summary>
internal sealed class StoreLockedException(string folder, string holder)
    : StoreException($"The folder '{folder}' is in use by {holder}. Only one program at a time may use it: stop that one, or choose another folder with --data.");

/// <summary>The folder cannot be a store's.</summary>
internal sealed class StoreFolderException(string folder, string problem)
    : StoreException($"The folder '{folder}' {problem}");
