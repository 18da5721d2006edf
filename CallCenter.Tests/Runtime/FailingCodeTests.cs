using CallCenter.Durable.Seams;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>However the code of an orchestration fails, the instance fails with that.</summary>
public sealed class FailingCodeTests
{
    public static TheoryData<string, string> Ways => new()
    {
        { "at once, in a method that is not async", "System.InvalidOperationException" },
        { "at once, in an async method", "System.InvalidOperationException" },
        { "behind an activity", "System.InvalidOperationException" },
        { "by a cancellation", "System.Threading.Tasks.TaskCanceledException" },
        { "by a null task", "System.NullReferenceException" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Orchestration_Fails_InstanceFailsWithItsError(string how, string error)
    {
        await using var program = new EmbeddedProgram(
            new TestProcess { Orchestration = (context, _) => Fail(context, how), Activities = { ["Echo"] = Task.FromResult } }, new MemoryStore());

        await program.ScheduleAsync();

        var end = await program.Client.EndAsync("one");
        Assert.Equal((OrchestrationRuntimeStatus.Failed, error), (end.RuntimeStatus, end.Failure!.Type));
    }

    private static Task<string> Fail(IOrchestrationContext context, string how) => how switch
    {
        "at once, in a method that is not async" => throw new InvalidOperationException("No."),
        "by a null task" => null!,
        _ => FailAsync(context, how),
    };

    private static async Task<string> FailAsync(IOrchestrationContext context, string how)
    {
        if (how == "behind an activity")
            await context.CallActivityAsync<string>("Echo", "");
        throw how == "by a cancellation" ? new OperationCanceledException() : new InvalidOperationException("No.");
    }
}
