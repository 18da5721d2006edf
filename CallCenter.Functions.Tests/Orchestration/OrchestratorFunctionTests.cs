using CallCenter.Functions.Tests.Engine;
using CallCenter.Workflows.CallCenter;
using Microsoft.DurableTask;
using Moq;

namespace CallCenter.Functions.Tests.Orchestration;

/// <summary>The orchestrator function over a strict mock: which activities it calls, with what, and how often it tells where it stands.</summary>
public sealed class OrchestratorFunctionTests
{
    private readonly Mock<TaskOrchestrationContext> _sdk = new(MockBehavior.Strict);
    private readonly List<string> _called = [];
    private int _published;

    private static CallCenterFunctions Functions => DurableEngine.Functions(new ScriptedWorker());

    private void Setup(CaseInput? input, Func<string, object?, SupportCase> run)
    {
        _sdk.Setup(sdk => sdk.GetInput<CaseInput>()).Returns(input);
        _sdk.SetupGet(sdk => sdk.CurrentUtcDateTime).Returns(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        _sdk.Setup(sdk => sdk.SetCustomStatus(It.IsAny<object>())).Callback(() => _published++);
        _sdk.Setup(sdk => sdk.CallActivityAsync<SupportCase>(It.IsAny<TaskName>(), It.IsAny<object>(), It.IsAny<TaskOptions>()))
            .Returns((TaskName name, object? payload, TaskOptions? _) =>
            {
                _called.Add(name.Name);
                return Task.FromResult(run(name.Name, payload));
            });
    }

    private static Func<string, object?, SupportCase> Working(int status) => (name, payload) => (name, payload) switch
    {
        ("OpenCase", CaseInput input) => SupportCase.Open(input.InputCaseId),
        ("AssignCase", SupportCase supportCase) => supportCase.Assign(),
        ("WorkOnCase", SupportCase supportCase) => supportCase.Work(status),
        ("CloseCase", SupportCase supportCase) => supportCase.Close(),
        ("EscalateCase", SupportCase supportCase) => supportCase.Escalate(),
        _ => throw new ArgumentException($"{name} was called with {payload}."),
    };

    [Fact]
    public async Task Run_Resolved_ClosesTheCase()
    {
        Setup(new CaseInput { InputCaseId = "001" }, Working(1));

        var output = await Functions.RunAsync(_sdk.Object);

        Assert.Equal(new SupportCase("001", 1, "Case 001: opened...assigned...resolved...closed."), output);
        Assert.Equal(["OpenCase", "AssignCase", "WorkOnCase", "CloseCase"], _called);
        Assert.InRange(_published, 8, 20);
    }

    [Fact]
    public async Task Run_Unresolved_EscalatesAndFails()
    {
        Setup(new CaseInput { InputCaseId = "001" }, Working(0));

        await Assert.ThrowsAsync<CaseEscalatedException>(() => Functions.RunAsync(_sdk.Object));
        Assert.Equal(["OpenCase", "AssignCase", "WorkOnCase", "EscalateCase"], _called);
    }

    [Fact]
    public async Task Run_StartedWithoutInput_SaysWhatIsMissing()
    {
        Setup(null, Working(1));

        var error = await Assert.ThrowsAsync<ArgumentException>(() => Functions.RunAsync(_sdk.Object));
        Assert.Contains("CallCenterOrchestrator needs an input", error.Message, StringComparison.Ordinal);
    }
}
