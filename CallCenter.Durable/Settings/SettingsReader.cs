using System.Globalization;
using System.Text.RegularExpressions;

namespace CallCenter.Durable.Settings;

/// <summary>Reads the settings under <c>CallCenter:</c>. What it was asked for is what there is: see <see cref="RefuseUnknown"/>.</summary>
/// <param name="setting">Looks up a setting by its full name; null when it is not set.</param>
public sealed partial class SettingsReader(Func<string, string?> setting)
{
    /// <summary>What the names of all settings begin with.</summary>
    public const string Prefix = "CallCenter:";

    private static readonly Dictionary<string, bool> Switches = new() { ["true"] = true, ["false"] = false };

    private readonly SortedDictionary<string, string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names that were asked for, without their prefix; the members of lists with the number 0.</summary>
    public IReadOnlyCollection<string> Known => _known.Keys;

    /// <summary>What each of them may be, in words, with its default; empty where any text may be.</summary>
    public IReadOnlyDictionary<string, string> Described => _known;

    /// <summary>A text. Empty counts as not set: an environment variable is easier emptied than removed.</summary>
    public string? Text(string name)
    {
        _known.TryAdd(name, "");
        return setting(Prefix + name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }

    /// <summary>A number.</summary>
    /// <exception cref="InvalidSettingException">It is none, or out of range.</exception>
    public double Number(string name, double absent, (double Min, double Max) range)
    {
        var wanted = FormattableString.Invariant($"a number from {range.Min} to {range.Max}");
        if (Text(name, wanted, absent) is not { } text)
            return absent;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint | Sign(range.Min < 0), CultureInfo.InvariantCulture, out var value)
            && value >= range.Min && value <= range.Max
            ? value
            : throw new InvalidSettingException(Prefix + name, text, wanted);
    }

    /// <summary>A whole number.</summary>
    /// <exception cref="InvalidSettingException">It is none, or out of range.</exception>
    public int WholeNumber(string name, int absent, (int Min, int Max) range)
    {
        var wanted = FormattableString.Invariant($"a whole number from {range.Min} to {range.Max}");
        if (Text(name, wanted, absent) is not { } text)
            return absent;
        return int.TryParse(text, Sign(range.Min < 0), CultureInfo.InvariantCulture, out var value) && value >= range.Min && value <= range.Max
            ? value
            : throw new InvalidSettingException(Prefix + name, text, $"a whole number from {range.Min} to {range.Max}");
    }

    /// <summary>One of some names.</summary>
    /// <exception cref="InvalidSettingException">It is none of them.</exception>
    public T OneOf<T>(string name, IReadOnlyDictionary<string, T> choices, T absent)
    {
        var wanted = $"one of {string.Join(", ", choices.Keys)}";
        var choiceOfAbsent = choices.FirstOrDefault(choice => EqualityComparer<T>.Default.Equals(choice.Value, absent)).Key;
        if (Text(name, wanted, choiceOfAbsent) is not { } text)
            return absent;
        foreach (var (choice, value) in choices)
        {
            if (choice.Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        throw new InvalidSettingException(Prefix + name, text, wanted);
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    /// <exception cref="InvalidSettingException">It is neither.</exception>
    public bool Switch(string name, bool absent) => OneOf(name, Switches, absent);

    /// <summary>A time span of up to a hundred years. What .NET makes of <c>48:00:00</c> is 48 days, which nobody means.</summary>
    /// <exception cref="InvalidSettingException">It is none.</exception>
    public TimeSpan? Span(string name)
    {
        if (Text(name, "a time span such as 30.00:00:00 (30 days)", "none") is not { } text)
            return null;
        return TimeSpan.TryParseExact(text, [@"d\.hh\:mm\:ss", @"hh\:mm\:ss"], CultureInfo.InvariantCulture, out var value)
            && value > TimeSpan.Zero && value.TotalDays <= 36_500
            ? value
            : throw new InvalidSettingException(Prefix + name, text,
                "a time span such as 30.00:00:00 (30 days), 2.00:00:00 (48 hours) or 12:00:00 (12 hours), or empty for none");
    }

    /// <summary>Adds names that are read elsewhere.</summary>
    public void Know(params IEnumerable<string> names)
    {
        foreach (var name in names)
            _known.TryAdd(OfList(name), "");
    }

    /// <summary>Refuses settings that nobody reads: a misspelt one would go unnoticed otherwise.</summary>
    /// <param name="names">The full names of the settings that have a value.</param>
    /// <exception cref="InvalidSettingException">One is not known; the message names the nearest.</exception>
    public void RefuseUnknown(IEnumerable<string> names)
    {
        foreach (var name in names.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            var given = OfList(name[Prefix.Length..]);
            if (!_known.ContainsKey(given))
                throw new InvalidSettingException($"The setting {name} is not known. {Suggestion(given)}");
        }
    }

    private string? Text(string name, string wanted, object? absent)
    {
        _known[name] = string.Create(CultureInfo.InvariantCulture, $"{wanted}; default {absent ?? "none"}");
        return Text(name);
    }

    private static NumberStyles Sign(bool allowed) => allowed ? NumberStyles.AllowLeadingSign : NumberStyles.None;

    /// <summary>A member of a list goes by the name of the first.</summary>
    private static string OfList(string name) => Numbers().Replace(name, ":0");

    private string Suggestion(string name)
    {
        // In a section, one of its names is meant.
        var section = name[..(name.LastIndexOf(':') + 1)];
        var members = Known.Where(known => known.StartsWith(section, StringComparison.OrdinalIgnoreCase)).Select(known => known[section.Length..]).ToList();
        if (members.Count == 0)
            (section, members) = ("", [.. Known]);
        var all = $"The settings under {Prefix}{section} are {string.Join(", ", members)}.";
        return Nearest.Find(name[section.Length..], members) is { } nearest
            ? $"Did you mean {Prefix}{section}{nearest}?{(section.Length > 0 ? " " + all : "")}"
            : all;
    }

    [GeneratedRegex(@":\d+(?=:|$)")]
    private static partial Regex Numbers();
}

/// <summary>A setting that cannot be used; the message is meant for whoever starts the host.</summary>
public sealed class InvalidSettingException : Exception
{
    /// <summary>What is wrong, in words.</summary>
    public InvalidSettingException(string message)
        : base(message)
    {
    }

    /// <summary>A value that is wrong.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="value">What it is.</param>
    /// <param name="wanted">What it may be.</param>
    public InvalidSettingException(string name, string value, string wanted)
        : base($"The setting {name} is '{value}'. It must be {wanted}.")
    {
    }
}
