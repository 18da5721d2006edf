using CallCenter.Api.Workflows;
using CallCenter.Durable;
using CallCenter.Durable.Settings;
using CallCenter.Runtime;

namespace CallCenter.Standalone.Hosting;

/// <summary>
/// The settings of this host, from appsettings.json, the environment (<c>CallCenter__MaxPending</c>) and the command line
/// (<c>--CallCenter:MaxPending 100</c>), the later winning. docs/standalone.md lists them.
/// </summary>
internal sealed record StandaloneSettings
{
    /// <summary>The folder of the journal when nobody says otherwise.</summary>
    public const string DefaultData = ".callcenter";

    /// <summary>What is read by whoever needs it.</summary>
    private static readonly string[] ReadElsewhere =
    [
        "ApiKey", "Keys", "Keys:0:Name", "Keys:0:Key", "Keys:0:Role", "KeysFile",
        "PublicUrl", "TrustedProxies", "TrustedProxies:0",
    ];

    /// <summary>The folder of the journal (<c>--data</c>), relative to the current folder.</summary>
    public required string Data { get; init; }

    /// <summary>How long ended cases are kept; null for ever.</summary>
    public required TimeSpan? Retention { get; init; }

    /// <summary>How many connections may be open at a time.</summary>
    public required int MaxConnections { get; init; }

    /// <summary>Whether the answer to a start holds the URIs of the management API.</summary>
    public required bool ManagementUris { get; init; }

    /// <summary>Whether there is a page with its metrics.</summary>
    public required bool Metrics { get; init; }

    /// <summary>What it runs, with the defaults of its inputs.</summary>
    public required IReadOnlyList<ServedWorkflow> Workflows { get; init; }

    /// <summary>The runtime's own settings.</summary>
    public required RuntimeOptions Runtime { get; init; }

    /// <summary>Reads them all, and refuses what nobody reads.</summary>
    /// <param name="configuration">Where the command line has been added already.</param>
    /// <param name="args">The command line.</param>
    /// <param name="workflows">Makes the workflows, which may read settings of their own.</param>
    /// <exception cref="InvalidSettingException">A value is wrong, or a name is not known.</exception>
    public static StandaloneSettings Read(IConfiguration configuration, string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows)
    {
        var reader = new SettingsReader(name => configuration[name]);
        var settings = Read(reader, workflows);
        CommandLine.RefuseUnknown(args, reader.Known);
        reader.RefuseUnknown(configuration.AsEnumerable().Where(entry => !string.IsNullOrWhiteSpace(entry.Value)).Select(entry => entry.Key));
        return settings;
    }

    /// <summary>Reads them all. The reader then knows what there are.</summary>
    public static StandaloneSettings Read(SettingsReader reader, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows)
    {
        var data = Path.GetFullPath(reader.Text("Data") ?? DefaultData);
        var served = workflows(new WorkflowSettings(reader, data)).Select(workflow => new ServedWorkflow(workflow, reader)).ToList();
        var atATime = reader.WholeNumber("MaxConcurrentActivities", 64, (1, 10_000));
        var settings = new StandaloneSettings
        {
            Data = data,
            Retention = reader.Span("Retention"),
            MaxConnections = reader.WholeNumber("MaxConnections", 1000, (1, 1_000_000)),
            ManagementUris = reader.Switch("ManagementUris", true),
            Metrics = reader.Switch("Metrics", true),
            Workflows = served,
            Runtime = new RuntimeOptions
            {
                MaxConcurrentActivities = atATime,
                MaxConcurrentActivitiesOf = ActivityNames.Of(served).ToDictionary(
                    name => name, name => reader.WholeNumber($"MaxConcurrentActivitiesOf:{name}", atATime, (1, atATime))),
                MaxPending = reader.WholeNumber("MaxPending", 20_000, (1, 100_000_000)),
                ShutdownTimeout = TimeSpan.FromSeconds(reader.Number("ShutdownSeconds", 10, (0, 3600))),
                MaxUnfinished = reader.WholeNumber("MaxUnfinished", 1_000_000, (1, 100_000_000)),
                MaxKeptEvents = reader.WholeNumber("MaxKeptEvents", 1_000, (1, 1_000_000)),
                MaxHistoryEvents = reader.WholeNumber("MaxHistoryEvents", 25_000, (10, 1_000_000)),
                ActivityTimeout = reader.Number("ActivityTimeoutSeconds", 0, (0, 86_400)) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
                FlightRecorder = Path.Combine(data, "recovering"),
                StartLog = Path.Combine(data, "starts"),
            },
        };
        reader.Know(ReadElsewhere);
        return settings;
    }
}
