namespace CallCenter.Bench.Journal;

/// <summary>What a journal takes on the disk.</summary>
/// <param name="Written">Up to the last byte that is not zero, file by file: what was said.</param>
/// <param name="Files">The files as they lie there, with the room prepared for more.</param>
internal sealed record JournalBytes(long Written, long Files)
{
    private const int Step = 64 << 10;

    /// <summary>Measures the files of a folder.</summary>
    public static JournalBytes Of(string folder)
    {
        var (written, files) = (0L, 0L);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            files += file.Length;
            if (file.Name != "lock")
                written += LastByte(file) + 1;
        }
        return new(written, files);
    }

    private static long LastByte(FileInfo file)
    {
        using var handle = File.OpenHandle(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[Step];
        for (var at = (file.Length - 1) / Step * Step; at >= 0; at -= Step)
        {
            var read = RandomAccess.Read(handle, buffer, at);
            if (buffer.AsSpan(0, read).LastIndexOfAnyExcept((byte)0) is >= 0 and var last)
                return at + last;
        }
        return -1;
    }
}
