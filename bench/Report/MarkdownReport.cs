namespace CallCenter.Bench.Report;

/// <summary>The figures as Markdown, for the console and for a file.</summary>
internal static class MarkdownReport
{
    public static string Of(Figures figures) => $"""
        # Measured

        {figures.At:yyyy-MM-dd HH:mm} UTC on {figures.Machine}. Server and callers share the machine.

        ## Against the figures to reach

        {Reach(figures)}
        ## Cases a second over HTTP, each caller waiting for its case to end

        {Throughput(figures)}
        ## What finished cases cost

        {Finished(figures)}
        `oth` are the cores that other programs used meanwhile: where it is not near 0, the run was disturbed. README.md beside this says how to
        read all this, and what limits what.

        """;

    private static MarkdownTable Reach(Figures figures)
    {
        var (alone, none, largest) = (figures.Alone, figures.Finished[0], figures.Largest);
        var table = new MarkdownTable("figure", "reach", "measured");
        table.Add("cases/s, 8 callers", "3,500", $"{figures.CasesPerSecond(8):N0}");
        table.Add("cases/s, 64 callers", "12,000", $"{figures.CasesPerSecond(64):N0}");
        table.Add(
            $"one case alone, times its {alone.FlushesPerCase} flushes (medians; oth {Cores(alone.Others)})",
            "1.5",
            $"{alone.Ratio:F2} ({alone.Case.Median:F2} ms, {alone.Flushes.Median:F2} ms)");
        table.Add("bytes on disk per finished case", "2,048", $"{figures.BytesPerCase:N0}");
        table.Add("bytes in memory per finished case", "64", $"{largest.IndexBytes:N0}");
        table.Add($"start with {largest.Count:N0} finished cases to the first 202", "3 s", Seconds(largest.StartUp));
        table.Add(
            $"server's processor time per case, {largest.Count:N0} finished and none",
            "flat",
            $"{largest.Load.ServerMicrosecondsPerCase:N0} µs, {none.Load.ServerMicrosecondsPerCase:N0} µs");
        return table;
    }

    private static MarkdownTable Throughput(Figures figures)
    {
        var table = new MarkdownTable(
            "callers", "cases/s", "slowest to fastest round", "median ms", "p95", "p99", "server cores", "µs per case", "callers' cores", "oth", "refused");
        foreach (var (run, slowest, fastest) in figures.Throughput)
        {
            table.Add(
                $"{run.Callers}", $"{run.CasesPerSecond:N0}", $"{slowest:N0} to {fastest:N0}",
                $"{run.Latencies.Median:F2}", $"{run.Latencies.Percentile(95):F2}", $"{run.Latencies.Percentile(99):F2}",
                Cores(run.Cpu.Server), $"{run.ServerMicrosecondsPerCase:N0}", Cores(run.Cpu.Bench), Cores(run.Cpu.Others), $"{run.Refused}");
        }
        return table;
    }

    private static MarkdownTable Finished(Figures figures)
    {
        var table = new MarkdownTable(
            "finished", "journal MiB", "to the first 202", "working set MiB", "index bytes each", "cases/s, 64 callers", "median ms", "µs per case", "oth");
        foreach (var one in figures.Finished)
        {
            table.Add(
                $"{one.Count:N0}", $"{one.Disk.Written >> 20:N0}", Seconds(one.StartUp), $"{one.WorkingSet >> 20:N0}", $"{one.IndexBytes:N0}",
                $"{one.Load.CasesPerSecond:N0}", $"{one.Load.Latencies.Median:F2}", $"{one.Load.ServerMicrosecondsPerCase:N0}", Cores(one.Load.Cpu.Others));
        }
        return table;
    }

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:F2} s";

    private static string Cores(double? cores) => cores is { } known ? $"{known:F2}" : "?";
}
