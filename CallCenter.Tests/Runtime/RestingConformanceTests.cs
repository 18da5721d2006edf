using CallCenter.Runtime;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>The same of a runtime in which nothing stays in memory that has nothing to do but wait.</summary>
public sealed class RestingConformanceTests : RuntimeConformance
{
    protected override Task<IConformanceRuntime> StartAsync(TestProcess process) =>
        Task.FromResult<IConformanceRuntime>(new EmbeddedProgram(process, new MemoryStore(), new RuntimeOptions { MaxIdle = 0 }));
}
