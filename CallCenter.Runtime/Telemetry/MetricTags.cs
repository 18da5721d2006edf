namespace CallCenter.Runtime.Telemetry;

/// <summary>The attributes of measurements and spans. The names are Durable Task's, or OpenTelemetry's, where they have one.</summary>
internal static class MetricTags
{
    public const string ErrorType = "error.type";
    public const string Outcome = "outcome";
    public const string Reason = "reason";
    public const string State = "state";
    public const string Status = "durabletask.task.status";
    public const string TaskName = "durabletask.task.name";

    public static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
