using System.Runtime.CompilerServices;
using CallCenter.Durable.Seams;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>A deadline that has lost its meaning holds nothing in memory until it comes.</summary>
public sealed class TimerMemoryTests : RestingTestBase
{
    [Fact]
    public async Task Wait_EndedByItsEvent_LetsTheInstanceGo()
    {
        await using var program = Program(WaitAsync);

        var instance = await EndAsync(program, () => program.Client.RaiseEventAsync("one", "Go", "now", None));

        await IsGoneAsync(instance);
    }

    [Fact]
    public async Task Wait_InstanceIsTerminated_LetsTheInstanceGo()
    {
        await using var program = Program(WaitAsync);

        var instance = await EndAsync(program, () => program.Client.TerminateAsync("one", null, None));

        await IsGoneAsync(instance);
    }

    private static async Task<WeakReference> EndAsync(EmbeddedProgram program, Func<Task<OrchestrationAnswer>> end)
    {
        await program.ScheduleAsync();
        await RestsAsync(program);
        // Whoever waits for its end keeps it in memory, and out of the line of those that may leave.
        var completion = program.Client.WaitForCompletionAsync("one", Hour, None);
        await Eventually.TrueAsync(() => Task.FromResult(HasTimer(program)));
        var instance = Weak(program);

        await end();
        Assert.True((await completion)!.HasEnded);
        return instance;
    }

    private static bool HasTimer(EmbeddedProgram program) => InMemory(program)?.Run?.Open is [{ Timer: not null }];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Weak(EmbeddedProgram program) => new(InMemory(program));

    private static Task IsGoneAsync(WeakReference instance) => Eventually.TrueAsync(() =>
    {
        GC.Collect();
        return Task.FromResult(!instance.IsAlive);
    });
}
