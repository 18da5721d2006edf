using CallCenter.Durable.Settings;
using CallCenter.Standalone.Commands;

namespace CallCenter.Standalone.Hosting;

/// <summary>The options of the command line: settings by their names, and some of the framework's.</summary>
internal static class CommandLine
{
    /// <summary>Short names.</summary>
    public static readonly Dictionary<string, string> Switches = new() { ["--data"] = "CallCenter:Data" };

    private static readonly string[] OfTheFramework = ["urls", "environment", "AllowedHosts", "Logging", "Kestrel", "contentRoot", "applicationName"];

    /// <summary>Takes a word that has no value out of a command line, wherever an option may stand.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool TakeFlag(ref string[] args, params string[] names)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (names.Contains(args[i], StringComparer.OrdinalIgnoreCase))
            {
                args = [.. args[..i], .. args[(i + 1)..]];
                return true;
            }
            i += HasOwnValue(args, i) ? 1 : 0;
        }
        return false;
    }

    /// <summary>Takes an option and its value out of a command line.</summary>
    /// <returns>The value; null when it is not there.</returns>
    /// <exception cref="InvalidSettingException">It has no value.</exception>
    public static string? TakeOption(ref string[] args, string name)
    {
        var at = Array.FindIndex(args, word => word == name || word.StartsWith(name + "=", StringComparison.Ordinal));
        if (at < 0)
            return null;
        var inOne = args[at].Length > name.Length;
        if (!inOne && !HasOwnValue(args, at))
            throw Valueless(name);
        var value = inOne ? args[at][(name.Length + 1)..] : args[at + 1];
        args = [.. args[..at], .. args[(at + (inOne ? 1 : 2))..]];
        return value;
    }

    /// <summary>Refuses options that nobody reads. The framework takes them in silence.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="settings">The names of the settings under <c>CallCenter:</c>.</param>
    /// <exception cref="InvalidSettingException">One is not known, the message names the nearest; or one has no value.</exception>
    public static void RefuseUnknown(string[] args, IReadOnlyCollection<string> settings)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var (option, hasValue) = args[i].IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (args[i][..at], true) : (args[i], false);
            var isLong = option.StartsWith("--", StringComparison.Ordinal);
            var name = isLong ? option[2..] : option.TrimStart('/', '-');
            // A value stands behind its name, or after '='. Names under CallCenter: are looked at with those of all other sources.
            if ((!isLong && !hasValue && !option.StartsWith('/')) || !IsKnown(name))
                throw new InvalidSettingException($"The {(i == 0 && name == option ? "command" : "option")} '{option}' is not known. {Suggestion(name, settings)}");
            if (!hasValue && !HasOwnValue(args, i))
                throw Valueless(option);
            i += hasValue ? 0 : 1;
        }
    }

    /// <summary>True when the word at a place is an option whose value is the next word.</summary>
    private static bool HasOwnValue(string[] args, int at) =>
        (args[at].StartsWith("--", StringComparison.Ordinal) || args[at].StartsWith('/'))
        && !args[at].Contains('=', StringComparison.Ordinal)
        && at + 1 < args.Length && !args[at + 1].StartsWith("--", StringComparison.Ordinal);

    private static InvalidSettingException Valueless(string option) => new($"The option '{option}' has no value. Write {option} VALUE.");

    private static bool IsKnown(string name) =>
        Switches.ContainsKey("--" + name)
        || name.StartsWith(SettingsReader.Prefix, StringComparison.OrdinalIgnoreCase)
        || OfTheFramework.Contains(name.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    /// <summary>Who leaves out or misspells the prefix means the setting.</summary>
    private static string Suggestion(string name, IReadOnlyCollection<string> settings)
    {
        var meant = ProgramCommands.Words.ToDictionary(word => word.TrimStart('-'), word => word, StringComparer.OrdinalIgnoreCase);
        foreach (var option in Switches.Keys.Select(option => option[2..]).Concat(OfTheFramework))
            meant[option] = "--" + option;
        foreach (var setting in settings)
        {
            meant[SettingsReader.Prefix + setting] = "--" + SettingsReader.Prefix + setting;
            meant.TryAdd(setting, "--" + SettingsReader.Prefix + setting);
        }
        return Nearest.Find(name, meant.Keys) is { } nearest
            ? $"Did you mean {meant[nearest]}?"
            : "Write options as --name value; --help lists them.";
    }
}
