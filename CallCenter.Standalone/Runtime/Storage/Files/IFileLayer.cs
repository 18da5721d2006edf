namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>The little that the store asks of a file system: the seam where tests cut the power and fill the disk.</summary>
internal interface IFileLayer
{
    /// <summary>Creates a folder, durably; nothing happens when it exists.</summary>
    void CreateFolder(string path);

    /// <summary>The names of the files in a folder.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Creates an empty file, in the place of one that exists.</summary>
    IStoreFile Create(string path);

    /// <summary>Opens a file that exists, for reading and writing.</summary>
    IStoreFile Open(string path);

    /// <summary>Renames a file, over one that exists. Durable after <see cref="FlushFolder"/>.</summary>
    void Move(string from, string to);

    /// <summary>Deletes a file; nothing happens when there is none.</summary>
    void Delete(string path);

    /// <summary>Makes creations, renames and deletions in a folder durable.</summary>
    void FlushFolder(string folder);

    /// <summary>Locks a file against every other program until it is disposed; null when another one holds it.</summary>
    IDisposable? TryLock(string path);
}

/// <summary>An open file.</summary>
internal interface IStoreFile : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads at an offset until the buffer is full or the file ends; returns how much was read.</summary>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes at an offset. A failed write may leave any part of it behind.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Makes everything written so far durable.</summary>
    void Flush();
}
