using CallCenter.Durable.Seams;

namespace CallCenter.Api.StepFunctions;

/// <summary>The statuses of executions.</summary>
internal static class ExecutionStatus
{
    /// <summary>None ever has it: there is no timeout for a whole execution.</summary>
    public const string TimedOut = "TIMED_OUT";

    /// <summary>Only those within a Map Run have it.</summary>
    public const string PendingRedrive = "PENDING_REDRIVE";

    private static readonly Dictionary<string, OrchestrationRuntimeStatus[]> Statuses = new()
    {
        ["SUCCEEDED"] = [OrchestrationRuntimeStatus.Completed],
        ["ABORTED"] = [OrchestrationRuntimeStatus.Terminated],
        ["FAILED"] = [OrchestrationRuntimeStatus.Failed],
        ["RUNNING"] = [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended],
    };

    /// <summary>All, in AWS's order.</summary>
    public static string[] All { get; } = ["SUCCEEDED", TimedOut, PendingRedrive, "ABORTED", "FAILED", "RUNNING"];

    /// <summary>The status of an instance in AWS's words.</summary>
    public static string Of(OrchestrationRuntimeStatus status) => Statuses.First(pair => pair.Value.Contains(status)).Key;

    /// <summary>What a status means here.</summary>
    public static IReadOnlyCollection<OrchestrationRuntimeStatus> Meant(string status) => Statuses[status];
}
