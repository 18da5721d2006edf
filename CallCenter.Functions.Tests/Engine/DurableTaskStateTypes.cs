using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable;
using CallCenter.Durable.Seams;
using CallCenter.Functions.Orchestration;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Workflows.StateTypes;
using Microsoft.DurableTask;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>The state types on the Durable Task engine, behind our two adapters.</summary>
public sealed class DurableTaskStateTypes : StateTypeConformance
{
    protected override async Task<IConformanceRuntime> StartAsync(IWorkflow workflow) =>
        new Runtime(await DurableEngine.StartAsync(tasks => workflow.Register(new Registry(tasks))));

    private sealed class Runtime(DurableEngine engine) : IConformanceRuntime
    {
        public IOrchestrationClient Client => engine.Client;

        public ValueTask DisposeAsync() => engine.DisposeAsync();
    }

    private sealed class Registry(DurableTaskRegistry tasks) : IWorkflowRegistry
    {
        public void AddOrchestration<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run) =>
            tasks.AddOrchestratorFunc<TInput, TOutput>(name, (context, input) => run(new DurableOrchestrationContext(context), input));

        public void AddActivity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> run) =>
            tasks.AddActivityFunc<TInput, TOutput>(name, (_, input) => run(input, CancellationToken.None));

        public void AddJson(IJsonTypeInfoResolver json)
        {
            // The engine writes by reflection.
        }
    }
}
