using System.Diagnostics;

namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>Looks whether flushing takes any time. Some file systems take a flush without a word and do nothing: then no promise of the store holds.</summary>
internal static class FlushProbe
{
    private const int Attempts = 4;
    private static readonly TimeSpan Implausible = TimeSpan.FromMicroseconds(5);

    /// <summary>Writes a few marks, and warns when that was too fast to be true.</summary>
    public static void Run(CommitLog log, ILogger logger)
    {
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < Attempts; i++)
        {
            var began = Stopwatch.GetTimestamp();
            if (log.WriteMark() != FlushResult.Done) return;
            var took = Stopwatch.GetElapsedTime(began);
            if (took < fastest) fastest = took;
        }

        logger.LogInformation("A flush of the journal takes {Microseconds:N0} µs.", fastest.TotalMicroseconds);
        if (fastest < Implausible) logger.LogWarning("Flushing the journal takes no time: the folder is probably in memory, and will not survive a power cut.");
    }
}
