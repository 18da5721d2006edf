using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Functions.Orchestration;
using CallCenter.Tests.Crash;
using CallCenter.Tests.Runtime;
using CallCenter.Tests.Storage;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>An activity other than WorkOnCase that fails for good fails the case, and its type and message are not lost on the way.</summary>
public sealed class ActivityFailureTests
{
    [Theory]
    [InlineData(CaseActivityNames.OpenCase, 1)]
    [InlineData(CaseActivityNames.AssignCase, 1)]
    [InlineData(CaseActivityNames.CloseCase, 1)]
    [InlineData(CaseActivityNames.EscalateCase, 0)]
    public async Task Case_ActivityFails_FailsWithItsNameTypeAndMessage(string failing, int status)
    {
        var calls = 0;
        await using var engine = await DurableEngine.StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc<CaseInput, SupportCase>(CallCenterWorkflow.Name, (context, _) => CallCenterOrchestrator.RunAsync(context));
            foreach (var name in Names)
                tasks.AddActivityFunc<JsonElement, SupportCase>(name, (_, input) => name == failing ? Throw(ref calls) : Answer(name, input, status));
        });

        var instanceId = await engine.Client.ScheduleAsync(CallCenterWorkflow.Name, EngineFixture.Input("001"), null, default);
        var state = await engine.Client.WaitForCompletionAsync(instanceId!, TimeSpan.FromSeconds(60), default);

        Assert.Equal(new ErrorDetails("CallCenter.Workflow.ActivityFailedException", $"{failing}: System.InvalidOperationException: cannot"), state?.Failure);
        Assert.Equal(state!.Failure, JsonSerializer.Deserialize<CaseProgress>(state.CustomStatus!)!.Error);
        Assert.Equal(2, calls);
    }

    private static readonly string[] Names =
        [CaseActivityNames.OpenCase, CaseActivityNames.AssignCase, CaseActivityNames.WorkOnCase, CaseActivityNames.CloseCase, CaseActivityNames.EscalateCase];

    private static SupportCase Throw(ref int calls)
    {
        Interlocked.Increment(ref calls);
        throw new InvalidOperationException("cannot");
    }

    private static SupportCase Answer(string name, JsonElement input, int status) =>
        name == CaseActivityNames.OpenCase ? SupportCase.Open("001") : input.Deserialize<SupportCase>()! with { Status = status };
}
