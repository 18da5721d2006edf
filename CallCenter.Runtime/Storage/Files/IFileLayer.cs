namespace CallCenter.Runtime.Storage.Files;

/// <summary>The little that the store asks of a file system: the seam where tests cut the power and fill the disk.</summary>
internal interface IFileLayer
{
    /// <summary>Creates a folder, durably, for its owner only; nothing happens when it exists.</summary>
    void CreateFolder(string path);

    /// <summary>The names of the files and folders in a folder.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>How many bytes may still be written in a folder.</summary>
    long FreeBytes(string folder);

    /// <summary>Takes a file or folder from everybody but its owner; false when nobody else could use it.</summary>
    bool Restrict(string path);

    /// <summary>Creates an empty file for its owner only, in the place of one that exists.</summary>
    IStoreFile Create(string path);

    /// <summary>Opens a file that exists.</summary>
    IStoreFile Open(string path);

    /// <summary>Renames a file, over one that exists. Durable after <see cref="FlushFolder"/>.</summary>
    void Move(string from, string to);

    /// <summary>Deletes a file; nothing happens when there is none.</summary>
    void Delete(string path);

    /// <summary>Makes creations, renames and deletions in a folder durable.</summary>
    void FlushFolder(string folder);

    /// <summary>Locks a folder against every other program until that is disposed; null when another one holds it.</summary>
    IDisposable? TryLock(string folder);
}

/// <summary>An open file.</summary>
internal interface IStoreFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads at an offset until the buffer is full or the file ends; returns how much was read.</summary>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes at an offset. A failed write may leave any part of it behind.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Makes everything written so far durable.</summary>
    void Flush();
}
