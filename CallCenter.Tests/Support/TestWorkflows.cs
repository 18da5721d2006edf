using CallCenter.Api.Workflows;
using CallCenter.Durable;
using CallCenter.Durable.Settings;
using CallCenter.Runtime;
using CallCenter.Standalone;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Support;

/// <summary>The workflows of a host under test.</summary>
internal static class TestWorkflows
{
    /// <summary>The call center with a worker of the test's; the program's own without one.</summary>
    public static Func<WorkflowSettings, IReadOnlyList<IWorkflow>> With(ICaseWorker? worker) => settings =>
    {
        var builtIn = BuiltInWorkflows.Create(settings);
        return worker is null ? builtIn : [.. builtIn.Select(workflow => workflow is CallCenterWorkflow ? CallCenter(worker) : workflow)];
    };

    /// <summary>The call center.</summary>
    public static CallCenterWorkflow CallCenter(ICaseWorker worker, CaseStaff? staff = null) => new(new CaseActivities(worker, staff));

    /// <summary>The program's workflows, as the contract serves them.</summary>
    public static IReadOnlyList<ServedWorkflow> Served { get; } =
        [.. BuiltInWorkflows.Create(new WorkflowSettings(new SettingsReader(_ => null), Path.GetTempPath())).Select(workflow => new ServedWorkflow(workflow))];

    /// <summary>The call center, registered.</summary>
    public static OrchestrationRegistry Registry(ICaseWorker worker)
    {
        var registry = new OrchestrationRegistry();
        CallCenter(worker).Register(registry);
        return registry;
    }

    /// <summary>The call center, decided by the toss of a coin.</summary>
    public static CallCenterWorkflow CallCenter() => CallCenter(new CoinTossWorker(0.5));
}
