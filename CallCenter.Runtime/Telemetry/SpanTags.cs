namespace CallCenter.Runtime.Telemetry;

/// <summary>The attributes of spans that no measurement has.</summary>
internal static class SpanTags
{
    public const string Type = "durabletask.type";
    public const string InstanceId = "durabletask.task.instance_id";
    public const string TaskId = "durabletask.task.task_id";
    public const string FireAt = "durabletask.fire_at";
    public const string EventTarget = "durabletask.event.target_instance_id";
    public const string Attempt = "callcenter.attempt";
    public const string Retaken = "callcenter.retaken";

    /// <summary>Values of <see cref="Type"/>.</summary>
    public const string Orchestration = "orchestration";
    public const string Activity = "activity";
    public const string Timer = "timer";
    public const string Event = "event";
}
