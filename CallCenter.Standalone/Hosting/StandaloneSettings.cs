using System.Globalization;
using CallCenter.Api;
using CallCenter.Standalone.Runtime;

namespace CallCenter.Standalone.Hosting;

/// <summary>
/// The settings of this host, from appsettings.json, the environment (<c>CallCenter__MaxPending</c>) and the command line
/// (<c>--CallCenter:MaxPending 100</c>), the later winning. docs/standalone.md lists them.
/// </summary>
internal sealed record StandaloneSettings
{
    /// <summary>Short names on the command line.</summary>
    public static readonly Dictionary<string, string> Switches = new() { ["--data"] = "CallCenter:Data" };

    /// <summary>The folder of the journal (<c>--data</c>), relative to the current folder.</summary>
    public required string Data { get; init; }

    /// <summary>The chance that a simulated case is resolved, 0 to 1.</summary>
    public required double ResolveProbability { get; init; }

    /// <summary>How long the simulated work on a case takes.</summary>
    public required TimeSpan WorkTime { get; init; }

    /// <summary>How long ended cases are kept; null for ever.</summary>
    public required TimeSpan? Retention { get; init; }

    /// <summary>The runtime's own settings.</summary>
    public required RuntimeOptions Runtime { get; init; }

    /// <exception cref="InvalidSettingException">A value is wrong.</exception>
    public static StandaloneSettings Read(IConfiguration configuration)
    {
        var reader = new Reader(configuration.GetSection("CallCenter"));
        var data = Path.GetFullPath(reader.Text("Data") ?? ".callcenter");
        return new()
        {
            Data = data,
            ResolveProbability = reader.Number("ResolveProbability", 0.5, 0, 1),
            WorkTime = TimeSpan.FromSeconds(reader.Number("WorkSeconds", 0, 0, 86_400)),
            Retention = reader.Span("Retention"),
            Runtime = new RuntimeOptions
            {
                MaxConcurrentActivities = reader.Integer("MaxConcurrentActivities", 64, 1, 10_000),
                MaxPending = reader.Integer("MaxPending", 20_000, 1, 100_000_000),
                ShutdownTimeout = TimeSpan.FromSeconds(reader.Number("ShutdownSeconds", 10, 0, 3600)),
                FlightRecorder = Path.Combine(data, "recovering"),
            },
        };
    }

    private sealed class Reader(IConfigurationSection section)
    {
        public string? Text(string name) => section[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        public double Number(string name, double absent, double min, double max)
        {
            if (Text(name) is not { } text)
                return absent;
            return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
                ? value
                : throw new InvalidSettingException($"CallCenter:{name}", text, FormattableString.Invariant($"a number from {min} to {max}"));
        }

        public int Integer(string name, int absent, int min, int max)
        {
            if (Text(name) is not { } text)
                return absent;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
                ? value
                : throw new InvalidSettingException($"CallCenter:{name}", text, $"a whole number from {min} to {max}");
        }

        public TimeSpan? Span(string name)
        {
            if (Text(name) is not { } text)
                return null;
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > TimeSpan.Zero
                ? value
                : throw new InvalidSettingException($"CallCenter:{name}", text, "a time span such as 30.00:00:00 (30 days) or 12:00:00 (12 hours), or empty to keep everything");
        }
    }
}
