using CallCenter.Workflows.CallCenter;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CallCenter.Functions.Orchestration;

/// <summary>The orchestrator function: the process, run by the Durable Task engine.</summary>
public static class CallCenterOrchestrator
{
    /// <summary>Runs one case. The input is read here and not bound, because a binding wants the exact type and would refuse a case that has more in it.</summary>
    [Function(CallCenterWorkflow.Name)]
    public static Task<SupportCase> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<CaseInput>() ?? throw new ArgumentException("A case needs an input such as {\"inputCaseID\":\"001\"}.");
        return CallCenterWorkflow.RunAsync(new DurableOrchestrationContext(context), input);
    }
}
