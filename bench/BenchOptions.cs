using System.Globalization;

namespace CallCenter.Bench;

/// <summary>What is measured.</summary>
internal enum Measure
{
    All,
    Waiting,
    Backup,
    Commits,
    Peers,
}

/// <summary>What, how long and how much is measured.</summary>
internal sealed record BenchOptions
{
    /// <summary>The command line, explained.</summary>
    public const string Help = """
        Measures CallCenter.Standalone and writes tables and a plot into bench/results/.

          dotnet run -c Release --project bench [-- WHAT] [--quick] [--data FOLDER]

          (nothing)         everything about this build: callers, one case alone, finished cases, waiting cases, a backup
          waiting [COUNT]   only cases that wait (1,000,000; 20,000 with --quick)
          backup [MIB]      only a backup under load (a journal of 1,024 MiB; 128 with --quick)
          commits [COUNT]   builds the last commits that changed the server (10) and measures them in turns
          peers NAME=URL... measures servers that run already in turns: see bench/peers

          --quick        one short round of everything, and less of it; rougher
          --rounds N     so many rounds (7; 1 with --quick, but 3 of commits)
          --data FOLDER  where the journals are written; the disk under it is what is measured (bench/results/data)
        """;

    /// <summary>What is measured.</summary>
    public Measure Measure { get; init; }

    /// <summary>How many callers at a time.</summary>
    public IReadOnlyList<int> Callers { get; init; } = [1, 8, 64, 256];

    /// <summary>Rounds over all numbers of callers; the median round counts.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>How often the servers of commits are started anew; each time there are so many rounds.</summary>
    public int Lives { get; init; } = 2;

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

    /// <summary>How many cases wait.</summary>
    public int Waiting { get; init; } = 1_000_000;

    /// <summary>How much a backup copies, in MiB.</summary>
    public int BackupMiB { get; init; } = 1_024;

    /// <summary>How many commits are compared.</summary>
    public int Commits { get; init; } = 10;

    /// <summary>The servers that are compared, by name.</summary>
    public IReadOnlyList<(string Name, Uri Url)> Peers { get; init; } = [];

    /// <summary>Where the journals are written; null for the usual place.</summary>
    public string? Data { get; init; }

    private static BenchOptions Quick { get; } = new()
    {
        Rounds = 1,
        Lives = 1,
        Time = TimeSpan.FromSeconds(3),
        WarmUp = TimeSpan.FromSeconds(6),
        CasesAlone = 400,
        Finished = [0, 100_000],
        Starts = 1,
        Waiting = 20_000,
        BackupMiB = 128,
    };

    /// <summary>Reads the command line.</summary>
    /// <returns>Null when help was asked for, or needed.</returns>
    public static BenchOptions? Read(string[] args)
    {
        var options = args.Contains("--quick") ? Quick : new BenchOptions();
        var words = new Queue<string>(args.Where(word => word != "--quick"));
        if (words.TryPeek(out var first) && !first.StartsWith('-'))
        {
            if (!Enum.TryParse<Measure>(words.Dequeue(), ignoreCase: true, out var measure) || !Enum.IsDefined(measure) || measure == Measure.All)
                return null;
            options = options with { Measure = measure };
            if (measure == Measure.Peers)
                options = options with { Peers = [.. TakePeers(words)], Callers = [1, 8, 64] };
            else if (TakeNumber(words) is { } count)
                options = options with { Waiting = count, BackupMiB = count, Commits = count };
            if (measure == Measure.Peers && options.Peers.Count == 0)
                return null;
        }
        while (words.TryDequeue(out var word))
        {
            if (word == "--data" && words.TryDequeue(out var folder))
                options = options with { Data = Path.GetFullPath(folder) };
            else if (word == "--rounds" && TakeNumber(words) is { } rounds)
                options = options with { Rounds = rounds };
            else
                return null;
        }
        return options;
    }

    private static int? TakeNumber(Queue<string> words) =>
        words.TryPeek(out var word) && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && words.TryDequeue(out _) && number > 0
            ? number
            : null;

    private static IEnumerable<(string Name, Uri Url)> TakePeers(Queue<string> words)
    {
        while (words.TryPeek(out var word) && word.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && Uri.TryCreate(word[(at + 1)..], UriKind.Absolute, out var url))
        {
            words.Dequeue();
            yield return (word[..at], url);
        }
    }
}
