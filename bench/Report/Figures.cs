using CallCenter.Bench.Measures;

namespace CallCenter.Bench.Report;

/// <summary>Everything that was measured.</summary>
/// <param name="Machine">On what.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Throughput">Cases a second and their latency, by the number of callers.</param>
/// <param name="Alone">One case alone beside its flushes.</param>
/// <param name="BytesPerCase">What the journal took on the disk for each case that ended while throughput was measured.</param>
/// <param name="Finished">What finished cases cost, by their number.</param>
/// <param name="Waiting">What cases cost that wait.</param>
/// <param name="Backup">What a backup costs.</param>
internal sealed record Figures(
    string Machine, DateTime At, IReadOnlyList<ThroughputResult> Throughput, AloneResult Alone, double BytesPerCase, IReadOnlyList<FinishedResult> Finished,
    WaitingResult Waiting, BackupResult Backup)
{
    /// <summary>The largest journal that was filled.</summary>
    public FinishedResult Largest => Finished[^1];

    /// <summary>The cases a second of so many callers.</summary>
    public double CasesPerSecond(int callers) => Throughput.Single(result => result.Median.Callers == callers).Median.CasesPerSecond;
}
