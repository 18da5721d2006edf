using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Tests.Workflows.CallCenter;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>An activity other than WorkOnCase that fails for good fails the case, and its type and message are not lost on the way.</summary>
public sealed class ActivityFailureTests
{
    [Theory]
    [InlineData("OpenCase", 1)]
    [InlineData("AssignCase", 1)]
    [InlineData("CloseCase", 1)]
    [InlineData("EscalateCase", 0)]
    public async Task Case_ActivityFails_FailsWithItsNameTypeAndMessage(string failing, int status)
    {
        var calls = 0;
        await using var engine = await DurableEngine.StartAsync(tasks =>
        {
            DurableEngine.AddOrchestrator(tasks, DurableEngine.Functions(new ScriptedWorker()));
            foreach (var name in Names)
                tasks.AddActivityFunc<JsonElement, SupportCase>(name, (_, input) => name == failing ? Throw(ref calls) : Answer(name, input, status));
        });

        var instanceId = await engine.Client.ScheduleAsync("CallCenterOrchestrator", EngineFixture.Input("001"), null, default);
        var state = await engine.Client.WaitForCompletionAsync(instanceId!, TimeSpan.FromSeconds(60), default);

        var error = new ErrorDetails("CallCenter.Workflow.ActivityFailedException", $"{failing}: System.InvalidOperationException: cannot");
        Assert.Equal(error, CaseProgress.Read(state!.CustomStatus!).Error);
        Assert.Equal(error with { Type = typeof(ActivityFailedException).FullName! }, state.Failure);
        Assert.Equal(2, calls);
    }

    private static readonly string[] Names =
        ["OpenCase", "AssignCase", "WorkOnCase", "CloseCase", "EscalateCase"];

    private static SupportCase Throw(ref int calls)
    {
        Interlocked.Increment(ref calls);
        throw new InvalidOperationException("cannot");
    }

    private static SupportCase Answer(string name, JsonElement input, int status) =>
        name == "OpenCase" ? SupportCase.Open("001") : input.Deserialize<SupportCase>()! with { Status = status };
}
