using CallCenter.Durable;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Workflows.StateTypes;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Runtime;

/// <summary>The state types on the embedded runtime.</summary>
public sealed class EmbeddedStateTypeTests : StateTypeConformance
{
    protected override Task<IConformanceRuntime> StartAsync(IWorkflow workflow) => Task.FromResult<IConformanceRuntime>(new Program(workflow));

    private sealed class Program : IConformanceRuntime
    {
        private readonly EmbeddedRuntime _runtime;
        private readonly EmbeddedClient _client;

        public Program(IWorkflow workflow)
        {
            var registry = new OrchestrationRegistry();
            workflow.Register(registry);
            _runtime = new EmbeddedRuntime(registry, new MemoryStore(), new RuntimeOptions(), TimeProvider.System, NullLogger.Instance);
            _client = new EmbeddedClient(_runtime);
        }

        public IOrchestrationClient Client => _client;

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _runtime.DisposeAsync();
        }
    }
}
