using System.Globalization;

namespace CallCenter.Api;

/// <summary>The options of a case whose starter leaves them out.</summary>
public static class CaseDefaults
{
    /// <summary>Those of a host that configures none.</summary>
    public static CaseInput BuiltIn { get; } = new() { InputCaseId = "" };

    /// <summary>
    /// Reads them from <c>CallCenter:WorkMode</c>, <c>OnEscalation</c>, <c>MaxAttempts</c>, <c>AgentDeadlineSeconds</c> and
    /// <c>Retry:MaxAttempts</c>, <c>Retry:FirstDelaySeconds</c>, <c>Retry:Backoff</c>.
    /// </summary>
    /// <param name="setting">Looks up a setting by its full name; null when it is not set.</param>
    /// <exception cref="InvalidSettingException">A value is wrong: the host should not start.</exception>
    public static CaseInput FromConfiguration(Func<string, string?> setting) => BuiltIn with
    {
        WorkMode = OneOf(setting, "WorkMode", CaseInputReader.WorkModes, BuiltIn.WorkMode),
        OnEscalation = OneOf(setting, "OnEscalation", CaseInputReader.Escalations, BuiltIn.OnEscalation),
        MaxAttempts = Integer(setting, "MaxAttempts", CaseLimits.MaxAttempts, BuiltIn.MaxAttempts),
        AgentDeadlineSeconds = Integer(setting, "AgentDeadlineSeconds", CaseLimits.AgentDeadlineSeconds, BuiltIn.AgentDeadlineSeconds),
        Retry = new RetryOptions
        {
            MaxAttempts = Integer(setting, "Retry:MaxAttempts", CaseLimits.RetryMaxAttempts, BuiltIn.Retry.MaxAttempts),
            FirstDelaySeconds = Number(setting, "Retry:FirstDelaySeconds", CaseLimits.RetryFirstDelaySeconds, BuiltIn.Retry.FirstDelaySeconds),
            Backoff = Number(setting, "Retry:Backoff", CaseLimits.RetryBackoff, BuiltIn.Retry.Backoff),
        },
    };

    private static T OneOf<T>(Func<string, string?> setting, string name, IReadOnlyDictionary<string, T> choices, T absent)
    {
        if (Get(setting, name) is not { } text)
            return absent;
        foreach (var (choice, value) in choices)
        {
            if (choice.Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        throw new InvalidSettingException(Full(name), text, $"one of {string.Join(", ", choices.Keys)}");
    }

    private static int Integer(Func<string, string?> setting, string name, (int Min, int Max) range, int absent)
    {
        if (Get(setting, name) is not { } text)
            return absent;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= range.Min && value <= range.Max
            ? value
            : throw new InvalidSettingException(Full(name), text, $"a whole number from {range.Min} to {range.Max}");
    }

    private static double Number(Func<string, string?> setting, string name, (double Min, double Max) range, double absent)
    {
        if (Get(setting, name) is not { } text)
            return absent;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= range.Min && value <= range.Max
            ? value
            : throw new InvalidSettingException(Full(name), text, FormattableString.Invariant($"a number from {range.Min} to {range.Max}"));
    }

    /// <summary>Empty counts as not set: an environment variable is easier emptied than removed.</summary>
    private static string? Get(Func<string, string?> setting, string name) => setting(Full(name)) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static string Full(string name) => "CallCenter:" + name;
}

/// <summary>A setting that cannot be used; the message is meant for whoever starts the host.</summary>
/// <param name="name">The setting.</param>
/// <param name="value">What it is.</param>
/// <param name="wanted">What it may be.</param>
public sealed class InvalidSettingException(string name, string value, string wanted)
    : Exception($"The setting {name} is '{value}'. It must be {wanted}.");
