using CallCenter.Standalone.Runtime.History;
using CallCenter.Tests.Conformance;
using CallCenter.Workflow;

namespace CallCenter.Tests.Runtime;

/// <summary>After a failure in the middle of a turn nothing is recorded over what may be missing: the instance stands still until the next start.</summary>
public sealed class StandingStillTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Instance_ATurnFailed_RecordsNothingOverTheGapAndGoesOnAfterARestart()
    {
        await using var program = new EmbeddedProgram(
            new TestProcess
            {
                Orchestration = async (context, _) =>
                    await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromHours(1)) + await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromHours(1)),
            },
            new MemoryStore());
        await program.ScheduleAsync();
        program.Store.Broken = new InvalidOperationException("a bug");

        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.RaiseEventAsync("one", "Go", "lost", None));
        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.RaiseEventAsync("one", "Go", "later", None));
        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => program.Client.TerminateAsync("one", null, None));

        await using var again = program.Restart();
        Assert.Equal([typeof(ExecutionStarted)], again.History().Select(item => item.GetType()));
        await again.Client.RaiseEventAsync("one", "Go", "a", None);
        await again.Client.RaiseEventAsync("one", "Go", "b", None);
        Assert.Equal("\"ab\"", (await again.Client.EndAsync("one")).Output);
    }
}
