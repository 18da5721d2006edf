using CallCenter.Api;
using CallCenter.Durable.Settings;
using CallCenter.Runtime;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Standalone.Hosting;

/// <summary>
/// The settings of this host, from appsettings.json, the environment (<c>CallCenter__MaxPending</c>) and the command line
/// (<c>--CallCenter:MaxPending 100</c>), the later winning. docs/standalone.md lists them.
/// </summary>
internal sealed record StandaloneSettings
{
    /// <summary>What is read by whoever needs it.</summary>
    private static readonly string[] ReadElsewhere =
    [
        "ApiKey", "Keys", "Keys:0:Name", "Keys:0:Key", "Keys:0:Role", "KeysFile",
        "PublicUrl", "TrustedProxies", "TrustedProxies:0",
    ];

    /// <summary>The folder of the journal (<c>--data</c>), relative to the current folder.</summary>
    public required string Data { get; init; }

    /// <summary>The chance that a simulated case is resolved, 0 to 1.</summary>
    public required double ResolveProbability { get; init; }

    /// <summary>How long the simulated work on a case takes.</summary>
    public required TimeSpan WorkTime { get; init; }

    /// <summary>How long ended cases are kept; null for ever.</summary>
    public required TimeSpan? Retention { get; init; }

    /// <summary>How many connections may be open at a time.</summary>
    public required int MaxConnections { get; init; }

    /// <summary>The options of a case whose starter leaves them out.</summary>
    public required CaseInput Defaults { get; init; }

    /// <summary>The runtime's own settings.</summary>
    public required RuntimeOptions Runtime { get; init; }

    /// <summary>Reads them all, and refuses what nobody reads.</summary>
    /// <param name="configuration">Where the command line has been added already.</param>
    /// <param name="args">The command line.</param>
    /// <exception cref="InvalidSettingException">A value is wrong, or a name is not known.</exception>
    public static StandaloneSettings Read(IConfiguration configuration, string[] args)
    {
        var reader = new SettingsReader(name => configuration[name]);
        var data = Path.GetFullPath(reader.Text("Data") ?? ".callcenter");
        var settings = new StandaloneSettings
        {
            Data = data,
            ResolveProbability = reader.Number("ResolveProbability", 0.5, (0, 1)),
            WorkTime = TimeSpan.FromSeconds(reader.Number("WorkSeconds", 0, (0, 86_400))),
            Retention = reader.Span("Retention"),
            MaxConnections = reader.WholeNumber("MaxConnections", 1000, (1, 1_000_000)),
            Defaults = CaseDefaults.Read(reader),
            Runtime = new RuntimeOptions
            {
                MaxConcurrentActivities = reader.WholeNumber("MaxConcurrentActivities", 64, (1, 10_000)),
                MaxPending = reader.WholeNumber("MaxPending", 20_000, (1, 100_000_000)),
                ShutdownTimeout = TimeSpan.FromSeconds(reader.Number("ShutdownSeconds", 10, (0, 3600))),
                MaxUnfinished = reader.WholeNumber("MaxUnfinished", 100_000, (1, 100_000_000)),
                MaxKeptEvents = reader.WholeNumber("MaxKeptEvents", 1_000, (1, 1_000_000)),
                MaxHistoryEvents = reader.WholeNumber("MaxHistoryEvents", 25_000, (10, 1_000_000)),
                ActivityTimeout = reader.Number("ActivityTimeoutSeconds", 0, (0, 86_400)) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
                FlightRecorder = Path.Combine(data, "recovering"),
            },
        };
        reader.Know(ReadElsewhere);
        CommandLine.RefuseUnknown(args, reader.Known);
        reader.RefuseUnknown(configuration.AsEnumerable().Where(entry => !string.IsNullOrWhiteSpace(entry.Value)).Select(entry => entry.Key));
        return settings;
    }
}
