using CallCenter.Durable.Settings;

namespace CallCenter.Standalone.Hosting;

/// <summary>The options of the command line: settings by their names, and some of the framework's.</summary>
internal static class CommandLine
{
    /// <summary>Short names.</summary>
    public static readonly Dictionary<string, string> Switches = new() { ["--data"] = "CallCenter:Data" };

    private static readonly string[] OfTheFramework = ["urls", "environment", "AllowedHosts", "Logging", "Kestrel", "contentRoot", "applicationName"];

    /// <summary>Refuses options that nobody reads. The framework takes them in silence.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="settings">The names of the settings under <c>CallCenter:</c>.</param>
    /// <exception cref="InvalidSettingException">One is not known; the message names the nearest.</exception>
    public static void RefuseUnknown(string[] args, IReadOnlyCollection<string> settings)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var (option, hasValue) = args[i].IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (args[i][..at], true) : (args[i], false);
            var isLong = option.StartsWith("--", StringComparison.Ordinal);
            var name = isLong ? option[2..] : option.TrimStart('/', '-');
            // A value stands behind its name, or after '='. Names under CallCenter: are looked at with those of all other sources.
            if ((!isLong && !hasValue && !option.StartsWith('/')) || !IsKnown(name))
                throw new InvalidSettingException($"The option '{option}' is not known. {Suggestion(name, settings)}");
            i += hasValue ? 0 : 1;
        }
    }

    private static bool IsKnown(string name) =>
        Switches.ContainsKey("--" + name)
        || name.StartsWith(SettingsReader.Prefix, StringComparison.OrdinalIgnoreCase)
        || OfTheFramework.Contains(name.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    /// <summary>Who leaves out or misspells the prefix means the setting.</summary>
    private static string Suggestion(string name, IReadOnlyCollection<string> settings)
    {
        var options = Switches.Keys.Select(option => option[2..]).Concat(OfTheFramework)
            .ToDictionary(option => option, option => option, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in settings)
        {
            options[SettingsReader.Prefix + setting] = SettingsReader.Prefix + setting;
            options.TryAdd(setting, SettingsReader.Prefix + setting);
        }
        return Nearest.Find(name, options.Keys) is { } nearest
            ? $"Did you mean --{options[nearest]}?"
            : "Write options as --name value; docs/standalone.md lists them.";
    }
}
