using System.Globalization;
using CallCenter.Api.Http;
using CallCenter.Api.Workflows;
using CallCenter.Durable;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Settings;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Instances;

/// <summary>
/// Reads the query of <c>GET /api/{collection}</c>. What cannot be understood, or not be served, is refused: a filter ignored in silence shows wrong
/// instances.
/// </summary>
internal static class InstanceListQuery
{
    private const int DefaultTop = 50;
    private const int MaxTop = 1000;

    /// <exception cref="RefusedException">400.</exception>
    public static OrchestrationQuery Read(QueryString query, ServedWorkflow served, ListCapabilities list)
    {
        var workflow = served.Workflow;
        var errors = new List<FieldError>();
        var result = new OrchestrationQuery
        {
            Name = workflow.Name,
            Statuses = Statuses(query, errors),
            InstanceIdPrefix = query.FirstFilled("prefix"),
            CreatedFrom = IsoTime.Read("from", query.FirstFilled("from"), errors),
            CreatedTo = IsoTime.Read("to", query.FirstFilled("to"), errors),
            Search = Searched("search", query, list, errors),
            Key = workflow.Key is { } key ? Searched(key.Name, query, list, errors) : null,
            Waiting = Waiting(query, errors),
            Order = Order(query, workflow, list, errors),
            Top = Top(query, errors),
            ContinuationToken = query.FirstFilled("continuationToken"),
        };
        IsoTime.RequireOrder("from", result.CreatedFrom, "to", result.CreatedTo, errors);
        return errors.Count == 0 ? WithLook(result, served) : throw new RefusedException(Problem.BadRequest(errors));
    }

    /// <summary>The same with its filters told as a look at one instance.</summary>
    private static OrchestrationQuery WithLook(OrchestrationQuery query, ServedWorkflow served) =>
        query is { Search: null, Key: null, Waiting: false } ? query : query with
        {
            Fits = state =>
            {
                using var view = new InstanceView(served, state);
                return (!query.Waiting || view.WaitingFor is not null)
                    && (query.Key is null || SearchText.Holds(view.KeyValue, query.Key))
                    && (query.Search is null || SearchText.Holds(view.KeyValue, query.Search) || SearchText.Holds(state.InstanceId, query.Search));
            },
        };

    private static string? Searched(string name, QueryString query, ListCapabilities list, List<FieldError> errors)
    {
        // Blanks do not count, so nothing but blanks says nothing.
        if (SearchText.Of(query.First(name) ?? "") is not { Length: > 0 } text)
            return null;
        if (!list.Search)
            errors.Add(new(name, $"'{name}' is not served by this host: it has no index for it. Leave it out."));
        return text;
    }

    private static bool Waiting(QueryString query, List<FieldError> errors)
    {
        if (query.FirstFilled("waiting") is not { } text)
            return false;
        if (!bool.TryParse(text, out var waiting))
            errors.Add(new("waiting", $"'waiting' is '{Excerpt.Short(text)}'. Give true, or leave it out."));
        return waiting;
    }

    private static OrchestrationOrder Order(QueryString query, IWorkflow workflow, ListCapabilities list, List<FieldError> errors)
    {
        if (query.FirstFilled("order") is not { } text)
            return default;
        var all = Enum.GetValues<OrchestrationOrder>();
        var at = Array.FindIndex(all, order => ListCapabilities.NameOf(order).Equals(text, StringComparison.OrdinalIgnoreCase));
        if (at >= 0 && list.Orders.Contains(all[at]))
            return all[at];
        string[] known = [.. list.Orders.Select(ListCapabilities.NameOf)];
        errors.Add(new("order", at < 0
            ? $"'{Excerpt.Short(text)}' is not an order. {Nearest.Hint(text, known)}"
            : $"This host cannot list {workflow.Collection} in the order '{ListCapabilities.NameOf(all[at])}': " +
                $"it would have to read all of them. It knows: {string.Join(", ", known)}."));
        return default;
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
