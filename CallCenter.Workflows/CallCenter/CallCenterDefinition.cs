using CallCenter.Durable.Definition;
using CallCenter.Durable.Errors;

namespace CallCenter.Workflows.CallCenter;

/// <summary>The flow of the process as data.</summary>
public static class CallCenterDefinition
{
    /// <summary>The call-center process.</summary>
    public static WorkflowDefinition Definition { get; } = new(
        CallCenterWorkflow.Name,
        "Opens a support case, assigns it and works on it; closes it when it is resolved, escalates it when it is not.",
        CaseStates.OpenCase,
        [
            new(CaseStates.OpenCase, StateType.Task, CaseActivityNames.OpenCase),
            new(CaseStates.AssignCase, StateType.Task, CaseActivityNames.AssignCase),
            new(CaseStates.WorkOnCase, StateType.Task, CaseActivityNames.WorkOnCase) { WaitsFor = CaseWorked.EventName },
            new(CaseStates.IsCaseResolved, StateType.Choice),
            new(CaseStates.CloseCase, StateType.Task, CaseActivityNames.CloseCase) { End = true },
            new(CaseStates.EscalateCase, StateType.Task, CaseActivityNames.EscalateCase),
            new(CaseStates.Fail, StateType.Fail) { End = true, Error = ErrorDetails.NameOf(typeof(CaseEscalatedException)), Cause = CaseEscalatedException.Cause },
        ],
        [
            new(CaseStates.OpenCase, CaseStates.AssignCase, TransitionKind.Next),
            new(CaseStates.AssignCase, CaseStates.WorkOnCase, TransitionKind.Next),
            new(CaseStates.WorkOnCase, CaseStates.IsCaseResolved, TransitionKind.Next),
            new(CaseStates.WorkOnCase, CaseStates.EscalateCase, TransitionKind.Catch) { Label = "Work on Case failed", Errors = ["States.TaskFailed"] },
            new(CaseStates.IsCaseResolved, CaseStates.CloseCase, TransitionKind.Choice) { Label = "Status = 1", Condition = new("$.Status", 1) },
            new(CaseStates.IsCaseResolved, CaseStates.EscalateCase, TransitionKind.Choice) { Label = "Status = 0", Condition = new("$.Status", 0) },
            new(CaseStates.EscalateCase, CaseStates.Fail, TransitionKind.Next),
            new(CaseStates.EscalateCase, CaseStates.WorkOnCase, TransitionKind.Option) { Label = "onEscalation = workAgain, attempts left" },
        ]);
}
