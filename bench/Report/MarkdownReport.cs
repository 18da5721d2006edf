using CallCenter.Bench.Load;
using CallCenter.Bench.Measures;

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
        {Of(figures.Waiting)}
        {Of(figures.Backup)}
        `oth` are the cores that other programs used meanwhile: where it is not near 0, the run was disturbed. README.md beside this says how to
        read all this, and what limits what.

        """;

    /// <summary>What cases cost that wait.</summary>
    public static string Of(WaitingResult waiting) => $"""
        ## What {waiting.Count:N0} cases cost that wait for an agent

        {Waiting(waiting)}
        """;

    /// <summary>What a backup costs.</summary>
    public static string Of(BackupResult backup) => $"""
        ## A backup of {backup.Bytes >> 20:N0} MiB while 8 callers call

        {Backup(backup)}
        """;

    private static MarkdownTable Waiting(WaitingResult waiting)
    {
        var (load, deadlines) = (waiting.Load, waiting.Deadlines);
        var table = new MarkdownTable("figure", "measured");
        table.Add("journal", $"{waiting.Disk.Written >> 20:N0} MiB, {(double)waiting.Disk.Written / waiting.Count:N0} bytes each");
        table.Add("start to the first 202", Seconds(waiting.StartUp));
        table.Add("working set then", $"{waiting.WorkingSet >> 20:N0} MiB");
        table.Add("a page of those that wait (median, middle half)", Milliseconds(waiting.Inbox));
        table.Add("a search among them", Milliseconds(waiting.Search));
        table.Add("cases/s beside them, 64 callers", $"{load.CasesPerSecond:N0}, {load.ServerMicrosecondsPerCase:N0} µs each (oth {Cores(load.Cpu.Others)})");
        table.Add(
            $"all deadlines within {deadlines.Within.TotalSeconds:N0} s: none waits any more",
            deadlines.Late is { } late ? $"{Seconds(late)} after the last" : "not within five minutes");
        table.Add(
            "one caller meanwhile",
            $"median {deadlines.Caller.Median:F2} ms, p99 {deadlines.Caller.Percentile(99):F2} ms, slowest {deadlines.Slowest:F0} ms (oth {Cores(deadlines.Others)})");
        return table;
    }

    private static MarkdownTable Backup(BackupResult backup)
    {
        var table = new MarkdownTable("", "time", "times a plain copy", "callers' cases/s", "median ms", "p99", "slowest", "oth");
        void Add(string name, TimeSpan? time, LoadResult? load)
        {
            string Of(Func<LoadResult, string> figure) => load is null ? "" : figure(load);
            table.Add(
                name, time is { } taken ? Seconds(taken) : "", time is { } known ? $"{known / backup.Copy:F1}" : "", Of(run => $"{run.CasesPerSecond:N0}"),
                Of(run => $"{run.Latencies.Median:F2}"), Of(run => $"{run.Latencies.Percentile(99):F2}"), Of(run => $"{run.Latencies.Percentile(100):F1}"),
                Of(run => Cores(run.Cpu.Others)));
        }
        Add("plain copy, nobody calls", backup.Copy, null);
        Add("no backup", null, backup.Before);
        Add("first backup", backup.First, backup.During);
        Add("the next one, nobody calls", backup.Second, null);
        return table;
    }

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

    private static string Milliseconds(Spread time) => $"{time.Median:F1} ms ({time.Low:F1} to {time.High:F1})";

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:F2} s";

    private static string Cores(double? cores) => cores is { } known ? $"{known:F2}" : "?";
}
