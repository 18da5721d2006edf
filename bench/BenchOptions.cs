namespace CallCenter.Bench;

/// <summary>How long and how much is measured.</summary>
internal sealed record BenchOptions
{
    /// <summary>The command line, explained.</summary>
    public const string Help = """
        Measures CallCenter.Standalone and writes a table and a plot into bench/results/.

          dotnet run -c Release --project bench [-- --quick] [--data FOLDER]

          --quick        one short round, and at most 100,000 finished cases: a minute instead of four, and rougher
          --data FOLDER  where the journals are written; the disk under it is what is measured (bench/results/data)
        """;

    /// <summary>How many callers at a time.</summary>
    public IReadOnlyList<int> Callers { get; } = [1, 8, 64, 256];

    /// <summary>Rounds over all numbers of callers; the median round counts.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>How long one number of callers is measured in a round.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a new server is warmed up: its code is compiled anew where it runs hot, which takes most of a core for a while.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How many cases run alone.</summary>
    public int CasesAlone { get; init; } = 2_000;

    /// <summary>How many finished cases lie there at a start.</summary>
    public IReadOnlyList<int> Finished { get; init; } = [0, 100_000, 1_000_000];

    /// <summary>How often each of those starts is made; the median counts.</summary>
    public int Starts { get; init; } = 3;

    /// <summary>Where the journals are written; null for the usual place.</summary>
    public string? Data { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <returns>Null when help was asked for, or needed.</returns>
    public static BenchOptions? Read(string[] args)
    {
        var options = args.Contains("--quick")
            ? new BenchOptions
            {
                Rounds = 1,
                Time = TimeSpan.FromSeconds(3),
                WarmUp = TimeSpan.FromSeconds(6),
                CasesAlone = 400,
                Finished = [0, 100_000],
                Starts = 1,
            }
            : new BenchOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--data" && i + 1 < args.Length)
                options = options with { Data = args[++i] };
            else if (args[i] != "--quick")
                return null;
        }
        return options;
    }
}
