using CallCenter.Durable.Seams;
using CallCenter.Functions.Orchestration;
using CallCenter.Tests.Conformance;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>The Durable Task engine behind our two adapters, held to what the embedded runtime is held to.</summary>
public sealed class DurableTaskConformance : RuntimeConformance
{
    protected override async Task<IConformanceRuntime> StartAsync(TestProcess process) => new Runtime(await DurableEngine.StartAsync(tasks =>
    {
        tasks.AddOrchestratorFunc<string, string>(TestProcess.Name, (context, input) => process.Orchestration(new DurableOrchestrationContext(context), input));
        foreach (var (name, activity) in process.Activities)
            tasks.AddActivityFunc<string, string>(name, (_, input) => activity(input));
    }));

    [Fact(Skip = "The engine in memory has no rewind: it throws NotImplementedException.")]
    public override Task Rewind_FailedActivity_RunsOnlyThatOneAgain() => Task.CompletedTask;

    private sealed class Runtime(DurableEngine engine) : IConformanceRuntime
    {
        public IOrchestrationClient Client => engine.Client;

        public ValueTask DisposeAsync() => engine.DisposeAsync();
    }
}
