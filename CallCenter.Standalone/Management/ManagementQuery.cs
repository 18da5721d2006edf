using System.Globalization;
using CallCenter.Workflow;

namespace CallCenter.Standalone.Management;

/// <summary>
/// The query parameters of the management API. As in the original, a value that cannot be read is ignored; our own
/// <c>/api/cases</c> refuses such values.
/// </summary>
internal sealed class ManagementQuery(IQueryCollection query)
{
    public string? Reason => Text("reason");

    public bool ShowInput => Flag("showInput", absent: true);

    public bool ShowHistory => Flag("showHistory");

    public bool ShowHistoryOutput => Flag("showHistoryOutput");

    public bool InternalServerErrorOnFailure => Flag("returnInternalServerErrorOnFailure");

    public bool WithNewInstanceId => Flag("restartWithNewInstanceId", absent: true);

    public DateTime? CreatedFrom => Time("createdTimeFrom");

    /// <summary>The filters of a list or a purge; a page holds 100 instances unless told.</summary>
    public OrchestrationQuery ToFilter(string? continuationToken) => new()
    {
        Statuses = [.. (Text("runtimeStatus") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status) ? status : (OrchestrationRuntimeStatus?)null)
            .OfType<OrchestrationRuntimeStatus>()],
        InstanceIdPrefix = Text("instanceIdPrefix"),
        CreatedFrom = CreatedFrom,
        CreatedTo = Time("createdTimeTo"),
        Top = int.TryParse(Text("top"), NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top > 0 ? Math.Min(top, 1000) : 100,
        ContinuationToken = continuationToken,
    };

    private string? Text(string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

    private bool Flag(string name, bool absent = false) => bool.TryParse(Text(name), out var value) ? value : absent;

    private DateTime? Time(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcDateTime : null;
}
