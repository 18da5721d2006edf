using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Conformance;

/// <summary>
/// What every durable runtime must do for a process. Written once; each runtime inherits it, and overrides what it cannot do with a
/// skip that says why.
/// </summary>
public abstract partial class RuntimeConformance
{
    /// <summary>Starts the runtime under test.</summary>
    protected abstract Task<IConformanceRuntime> StartAsync(TestProcess process);

    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>A process with the activity Echo, which gives back what it is given.</summary>
    private static TestProcess Echoing(Func<IOrchestrationContext, string, Task<string>> orchestration) => new()
    {
        Orchestration = orchestration,
        Activities = { ["Echo"] = input => Task.FromResult(input) },
    };

    /// <summary>A process that waits for the event Go and ends with its text.</summary>
    private static TestProcess Waiting() => Echoing(async (context, _) => await context.WaitForExternalEventAsync<string>("Go", Long));

    private static Task<string?> Schedule(IConformanceRuntime runtime, string input = "in", string? id = null) =>
        runtime.Client.ScheduleAsync(TestProcess.Name, input, id, None);

    private static string NewId() => "t-" + Guid.NewGuid().ToString("N");

    /// <summary>The state in which an orchestration waits: its first custom status is set.</summary>
    private static Task<OrchestrationState> Begun(IConformanceRuntime runtime, string? id) =>
        runtime.Client.ReachAsync(id, state => state.RuntimeStatus == OrchestrationRuntimeStatus.Running);
}
