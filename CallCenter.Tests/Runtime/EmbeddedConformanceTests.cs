using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>The embedded runtime, over a store in memory: what it is beyond that, the tests beside this one say.</summary>
public sealed class EmbeddedConformanceTests : RuntimeConformance
{
    protected override Task<IConformanceRuntime> StartAsync(TestProcess process) => Task.FromResult<IConformanceRuntime>(new EmbeddedProgram(process, new MemoryStore()));
}
