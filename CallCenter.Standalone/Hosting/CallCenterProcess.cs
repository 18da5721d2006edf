using CallCenter.Runtime;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Standalone.Hosting;

/// <summary>Tells the embedded runtime of the call-center process: the only place where the two meet.</summary>
public static class CallCenterProcess
{
    /// <summary>Adds the orchestration and its five activities.</summary>
    public static OrchestrationRegistry AddCallCenter(this OrchestrationRegistry registry, ICaseWorker worker)
    {
        RuntimeJson.Prefer(CaseJson.Default);
        var activities = new CaseActivities(worker);
        return registry
            .AddOrchestration<CaseInput, SupportCase>(CallCenterWorkflow.Name, CallCenterWorkflow.RunAsync)
            .AddActivity<CaseInput, SupportCase>(CaseActivityNames.OpenCase, activities.OpenCaseAsync)
            .AddActivity<SupportCase, SupportCase>(CaseActivityNames.AssignCase, activities.AssignCaseAsync)
            .AddActivity<SupportCase, SupportCase>(CaseActivityNames.WorkOnCase, activities.WorkOnCaseAsync)
            .AddActivity<SupportCase, SupportCase>(CaseActivityNames.CloseCase, activities.CloseCaseAsync)
            .AddActivity<SupportCase, SupportCase>(CaseActivityNames.EscalateCase, activities.EscalateCaseAsync);
    }
}
