using System.Globalization;
using CallCenter.Api.Http;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Seams;

namespace CallCenter.Standalone.Management;

/// <summary>
/// The query parameters of the management API. As in the original, a switch that cannot be read is off; a filter that cannot be
/// read is refused.
/// </summary>
internal sealed class ManagementQuery(IQueryCollection query)
{
    private const int DefaultTop = 100;
    private const int MaxTop = 1000;

    /// <summary>Statuses of Durable Functions that no instance has here.</summary>
    private static readonly string[] Foreign = ["Unknown", "ContinuedAsNew", "Canceled"];

    /// <exception cref="RefusedException">400: it is too long.</exception>
    public string? Reason => ReasonText.Read(Text("reason"));

    public bool ShowInput => Flag("showInput", absent: true);

    public bool ShowHistory => Flag("showHistory");

    public bool ShowHistoryOutput => Flag("showHistoryOutput");

    public bool InternalServerErrorOnFailure => Flag("returnInternalServerErrorOnFailure");

    public bool WithNewInstanceId => Flag("restartWithNewInstanceId", absent: true);

    /// <summary>
    /// The filters of a list or a purge. Unlike the original, which ignores what it cannot read and then lists or deletes everything,
    /// this refuses it, and all of them count.
    /// </summary>
    /// <param name="continuationToken">The token of the page before.</param>
    /// <param name="absentTop">How many instances, unless told.</param>
    /// <param name="emptyIsNone">Whether an empty filter is none. A purge refuses it: a variable that was not set must not delete everything.</param>
    /// <returns>The filters; null when no instance can fit them.</returns>
    /// <exception cref="RefusedException">400.</exception>
    public OrchestrationQuery? ToFilter(string? continuationToken, int absentTop = DefaultTop, bool emptyIsNone = true)
    {
        var errors = new List<FieldError>();
        string? Filter(string name)
        {
            var values = query[name];
            if (values.Count > 1)
                errors.Add(new(name, $"'{name}' is given {values.Count} times. Give it once."));
            else if (values is [""] && !emptyIsNone)
                errors.Add(new(name, $"'{name}' is empty. Give a value, or leave it out."));
            return Text(name);
        }

        var statuses = Statuses(Filter("runtimeStatus"), errors);
        var result = new OrchestrationQuery
        {
            Statuses = statuses ?? [],
            InstanceIdPrefix = Filter("instanceIdPrefix"),
            CreatedFrom = IsoTime.Read("createdTimeFrom", Filter("createdTimeFrom"), errors),
            CreatedTo = IsoTime.Read("createdTimeTo", Filter("createdTimeTo"), errors),
            Top = Top(Filter("top"), absentTop, errors),
            ContinuationToken = continuationToken,
        };
        IsoTime.RequireOrder("createdTimeFrom", result.CreatedFrom, "createdTimeTo", result.CreatedTo, errors);
        if (errors.Count > 0)
            throw new RefusedException(Problem.BadRequest(errors));
        return statuses is { Count: 0 } ? null : result;
    }

    /// <summary>The statuses named; null when none are. Those that only the original has fit no instance.</summary>
    private static HashSet<OrchestrationRuntimeStatus>? Statuses(string? text, List<FieldError> errors)
    {
        if (text is null)
            return null;
        var statuses = new HashSet<OrchestrationRuntimeStatus>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Array.Find(Enum.GetNames<OrchestrationRuntimeStatus>(), known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known)
                statuses.Add(Enum.Parse<OrchestrationRuntimeStatus>(known));
            else if (!Foreign.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                errors.Add(new("runtimeStatus",
                    $"'runtimeStatus' contains something that is not a status. The statuses are: {string.Join(", ", Enum.GetNames<OrchestrationRuntimeStatus>())}."));
            }
        }
        return statuses;
    }

    private static int Top(string? text, int absent, List<FieldError> errors)
    {
        if (text is null)
            return absent;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top > 0)
            return absent == DefaultTop ? Math.Min(top, MaxTop) : top;
        errors.Add(new("top", "'top' must be a whole number of at least 1."));
        return absent;
    }

    private string? Text(string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

    private bool Flag(string name, bool absent = false) => bool.TryParse(Text(name), out var value) ? value : absent;
}
