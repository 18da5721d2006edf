using CallCenter.Durable;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Standalone;

/// <summary>The workflows that this program runs: a line each.</summary>
public static class BuiltInWorkflows
{
    /// <summary>All of them; <c>GET /api/workflow</c> shows the first.</summary>
    public static IReadOnlyList<IWorkflow> Create(WorkflowSettings settings) =>
    [
        new CallCenterWorkflow(new CaseActivities(CoinTossWorker.Read(settings.Reader))),
    ];
}
