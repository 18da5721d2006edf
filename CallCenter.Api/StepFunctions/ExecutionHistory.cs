using CallCenter.Api.Instances;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.StepFunctions;

/// <summary>
/// The history of an execution in AWS's events, made of the steps that an instance publishes: the same on every runtime. What steps do not
/// tell, tries that failed and redrives, it does not either.
/// </summary>
internal sealed class ExecutionHistory
{
    private readonly List<ExecutionEvent> _events = [];
    private readonly Execution _execution;
    private readonly InstanceView _view;
    private readonly WorkflowDefinition _definition;
    private string? _payload;
    private DateTime _at;

    private ExecutionHistory(Execution execution, InstanceView view)
    {
        (_execution, _view, _definition) = (execution, view, execution.Served.Workflow.Definition);
        (_payload, _at) = (execution.State.Input, execution.State.CreatedAt);
    }

    /// <summary>The events of an execution, in their order.</summary>
    public static IReadOnlyList<ExecutionEvent> Of(Execution execution)
    {
        using var view = new InstanceView(execution.Served, execution.State);
        var history = new ExecutionHistory(execution, view);
        history.Begin();
        var steps = HistoryStep.Of(view);
        for (var i = 0; i < steps.Count; i++)
            history.Take(steps[i], isLast: i == steps.Count - 1);
        history.Finish();
        return history._events;
    }

    private void Begin() => _events.Add(new(_at, "ExecutionStarted", "executionStarted", (writer, withData) =>
    {
        writer.WriteData("input", withData ? _execution.State.Input : null, "truncated");
        writer.WriteString("roleArn", ReadStateMachine.Role(_execution.Arn));
    }));

    private void Take(HistoryStep step, bool isLast)
    {
        var type = step.State.Type.ToString();
        _events.Add(ExecutionEvent.Entered(step.Start, type, step.State.Name, step.Input));
        if (step.State.Type == StateType.Task)
            _events.AddRange(new TaskEvents(_execution, _view, step).All());
        var isSideBySide = step.State.Type is StateType.Parallel or StateType.Map;
        if (isSideBySide)
            _events.Add(new(step.Start, $"{type}StateStarted"));
        if (step.End is not { } end)
            return;
        _at = end;
        if (isSideBySide)
            _events.Add(new(end, $"{type}State{(step.HasResult && step.Caught is null ? "Succeeded" : "Failed")}"));
        if (!step.HasResult)
            return;
        _payload = step.Output ?? _payload;
        _events.Add(ExecutionEvent.Exited(end, type, step.State.Name, step.Output));
        if (step.Caught is null)
            Choose(step.State, isLast);
    }

    /// <summary>A choice is no step: it is told by where the way from the step before it leads.</summary>
    private void Choose(WorkflowState from, bool isLast)
    {
        var next = _definition.Transitions.FirstOrDefault(way => way.From == from.Name && way.Kind == TransitionKind.Next)?.To;
        var isLeft = !isLast || _view.CurrentState != from.Name || _execution.State.RuntimeStatus == OrchestrationRuntimeStatus.Completed;
        if (StateOf(next) is not { Type: StateType.Choice } choice || !isLeft)
            return;
        _events.Add(ExecutionEvent.Entered(_at, nameof(StateType.Choice), choice.Name, _payload));
        var isPassed = _execution.State.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Completed => true,
            OrchestrationRuntimeStatus.Failed => Failed is not null,
            _ => _view.CurrentState != choice.Name,
        };
        if (!isLast || isPassed)
            _events.Add(ExecutionEvent.Exited(_at, nameof(StateType.Choice), choice.Name, _payload));
    }

    private void Finish()
    {
        var (state, end) = (_execution.State, _execution.State.LastUpdatedAt);
        var (error, cause) = _execution.Failure(_view);
        switch (state.RuntimeStatus)
        {
            case OrchestrationRuntimeStatus.Completed:
                if (StateOf(_view.CurrentState) is { Type: StateType.Succeed } succeed)
                {
                    _events.Add(ExecutionEvent.Entered(_at, nameof(StateType.Succeed), succeed.Name, _payload));
                    _events.Add(ExecutionEvent.Exited(_at, nameof(StateType.Succeed), succeed.Name, state.Output));
                }
                _events.Add(new(end, "ExecutionSucceeded", "executionSucceeded", (writer, withData) => writer.WriteData("output", withData ? state.Output : null, "truncated")));
                break;
            case OrchestrationRuntimeStatus.Failed:
                if (Failed is { } failed)
                    _events.Add(ExecutionEvent.Entered(_at, nameof(StateType.Fail), failed.Name, _payload));
                _events.Add(ExecutionEvent.OfFailure(end, "ExecutionFailed", "executionFailed", error, cause));
                break;
            case OrchestrationRuntimeStatus.Terminated:
                _events.Add(ExecutionEvent.OfFailure(end, ExecutionEvent.Aborted, "executionAborted", error, cause));
                break;
        }
    }

    /// <summary>The state that the instance failed in, where it failed as its workflow means it to.</summary>
    private WorkflowState? Failed => _definition.States.FirstOrDefault(state => state.Type == StateType.Fail && state.Error == _view.Error?.Type);

    private WorkflowState? StateOf(string? name) => _definition.States.FirstOrDefault(state => state.Name == name);
}
