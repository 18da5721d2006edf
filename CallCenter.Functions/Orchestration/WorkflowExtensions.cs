using CallCenter.Durable;
using Microsoft.DurableTask;

namespace CallCenter.Functions.Orchestration;

/// <summary>Runs a workflow on the Durable Task engine.</summary>
public static class WorkflowExtensions
{
    /// <summary>
    /// Runs one instance. The input is read here and not bound,
    /// because a binding wants the exact type and would refuse an input that has more in it.
    /// </summary>
    public static Task<TOutput> RunAsync<TInput, TOutput>(this Workflow<TInput, TOutput> workflow, TaskOrchestrationContext context)
        where TInput : notnull
    {
        var input = context.GetInput<TInput>() ?? throw new ArgumentException($"{workflow.Name} needs an input. It was started without one.");
        return workflow.RunAsync(new DurableOrchestrationContext(context), input);
    }
}
