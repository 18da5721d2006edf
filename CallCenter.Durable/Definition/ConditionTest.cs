using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CallCenter.Durable.Definition;

/// <summary>Whether a payload fulfils a choice's condition.</summary>
internal static partial class ConditionTest
{
    /// <summary>
    /// Whether it does. A value of another type than the comparison's fulfils none, and one that is not there none but IsPresent = false.
    /// </summary>
    public static bool Holds(this ChoiceCondition condition, JsonElement payload)
    {
        if (condition.And is { } all)
            return all.All(part => part.Holds(payload));
        if (condition.Or is { } any)
            return any.Any(part => part.Holds(payload));
        if (condition.Not is { } not)
            return !not.Holds(payload);

        var found = Find(payload, condition.Variable!);
        if (condition.IsPresent is { } present)
            return present == found is not null;
        return found is { } value && Compare(condition, value);
    }

    private static bool Compare(ChoiceCondition condition, JsonElement value) => value.ValueKind switch
    {
        _ when condition.IsNull is { } isNull => isNull == (value.ValueKind == JsonValueKind.Null),
        JsonValueKind.Number => Compare(condition, value.GetDouble()),
        JsonValueKind.String => condition.StringEquals is { } text
            ? value.ValueEquals(text)
            : condition.StringMatches is { } pattern && Matches(value.GetString()!, pattern),
        JsonValueKind.True or JsonValueKind.False => condition.BooleanEquals == value.GetBoolean(),
        _ => false,
    };

    private static bool Compare(ChoiceCondition condition, double number) =>
        number == condition.NumericEquals
        || number < condition.NumericLessThan
        || number <= condition.NumericLessThanEquals
        || number > condition.NumericGreaterThan
        || number >= condition.NumericGreaterThanEquals;

    /// <summary>In a pattern, * stands for any characters, and a backslash before it for itself.</summary>
    private static bool Matches(string text, string pattern) => Regex.IsMatch(
        text, "^" + PatternPart().Replace(pattern, Expression) + "\\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private static string Expression(Match part) => part.Value switch
    {
        "*" => ".*",
        @"\*" or @"\\" => Regex.Escape(part.Value[1..]),
        var text => Regex.Escape(text),
    };

    private static JsonElement? Find(JsonElement payload, string path)
    {
        var value = payload;
        foreach (Match part in PathPart().Matches(path))
        {
            if (part.Groups["name"] is { Success: true } name)
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name.Value, out value))
                    return null;
                continue;
            }
            if (value.ValueKind != JsonValueKind.Array
                || !int.TryParse(part.Groups["index"].Value, CultureInfo.InvariantCulture, out var index)
                || index >= value.GetArrayLength())
                return null;
            value = value[index];
        }
        return value;
    }

    [GeneratedRegex(@"\\[*\\]|\*|[^*\\]+|\\", RegexOptions.Singleline)]
    private static partial Regex PatternPart();

    [GeneratedRegex(@"\.(?<name>[^.\[\]]+)|\['(?<name>[^']+)'\]|\[(?<index>[0-9]+)\]")]
    private static partial Regex PathPart();
}
