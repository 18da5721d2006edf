using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Storage;

/// <summary>Why something cannot be written, in words for a caller: an exception's own message names paths of this machine, and belongs in the log.</summary>
internal static class Unwritable
{
    /// <summary>A full disk, as Linux and macOS number it.</summary>
    public const int NoSpace = 28;

    // The others, and those of Windows.
    private const int ReadOnlyFiles = 30;
    private const int QuotaExceeded = 122;
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskFull = unchecked((int)0x80070070);

    /// <summary>What a caller is told for whom nothing can be written.</summary>
    public static OrchestrationUnavailableException Refusal(Exception failure, TimeSpan retryAfter) =>
        new($"The journal cannot be written: {Why(failure)}", retryAfter);

    public static string Why(Exception failure) => failure switch
    {
        IOException { HResult: NoSpace or HandleDiskFull or DiskFull } => "the disk is full.",
        IOException { HResult: QuotaExceeded } => "the disk quota is used up.",
        IOException { HResult: ReadOnlyFiles } => "the disk is read-only.",
        UnauthorizedAccessException => "access was denied.",
        _ => "write error; the log of the host says more.",
    };
}
