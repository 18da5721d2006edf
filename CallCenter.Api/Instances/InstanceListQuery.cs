using System.Globalization;
using CallCenter.Api.Http;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Settings;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Instances;

/// <summary>Reads the query of <c>GET /api/{collection}</c>. What cannot be understood is refused: a filter ignored in silence shows wrong instances.</summary>
internal static class InstanceListQuery
{
    private const int DefaultTop = 50;
    private const int MaxTop = 1000;

    /// <exception cref="RefusedException">400.</exception>
    public static OrchestrationQuery Read(QueryString query)
    {
        var errors = new List<FieldError>();
        var result = new OrchestrationQuery
        {
            Statuses = Statuses(query, errors),
            InstanceIdPrefix = query.FirstFilled("prefix"),
            CreatedFrom = IsoTime.Read("from", query.FirstFilled("from"), errors),
            CreatedTo = IsoTime.Read("to", query.FirstFilled("to"), errors),
            Top = Top(query, errors),
            ContinuationToken = query.FirstFilled("continuationToken"),
        };
        IsoTime.RequireOrder("from", result.CreatedFrom, "to", result.CreatedTo, errors);
        return errors.Count == 0 ? result : throw new RefusedException(Problem.BadRequest(errors));
    }

    private static OrchestrationRuntimeStatus[] Statuses(QueryString query, List<FieldError> errors)
    {
        var statuses = new HashSet<OrchestrationRuntimeStatus>();
        var names = Enum.GetNames<OrchestrationRuntimeStatus>();
        foreach (var name in query.All("status").SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            // By name alone: Enum.TryParse would take numbers too.
            if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
                statuses.Add(Enum.Parse<OrchestrationRuntimeStatus>(name, ignoreCase: true));
            else if (errors.Count == 0)
                errors.Add(new("status", $"'{Excerpt.Short(name)}' is not a status. {Nearest.Hint(name, names)}"));
        }
        return [.. statuses];
    }

    private static int Top(QueryString query, List<FieldError> errors)
    {
        if (query.FirstFilled("top") is not { } text)
            return DefaultTop;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= MaxTop)
            return top;
        errors.Add(new("top", $"'top' is '{Excerpt.Short(text)}'. Give a whole number from 1 to {MaxTop}."));
        return DefaultTop;
    }
}
