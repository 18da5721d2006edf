using static CallCenter.Durable.Definition.DefinitionCheck;

namespace CallCenter.Durable.Definition;

/// <summary>Whether a state has what its type needs, and nothing that only other types have.</summary>
internal static class StateCheck
{
    /// <exception cref="ArgumentException">It has not; the message says what is wrong.</exception>
    public static void Check(WorkflowState state)
    {
        var name = state.Name;
        switch (state.Type)
        {
            case StateType.Task:
                Demand(state.Activity is not null, $"The Task state '{name}' has no activity.");
                Demand(
                    IsActivity(state.Activity!),
                    $"The activity of '{name}' is '{state.Activity}'. Its name has 1 to 64 characters: A-Z, a-z, 0-9, - and _.");
                break;
            case StateType.Wait:
                Demand(
                    new object?[] { state.Seconds, state.SecondsPath, state.TimestampPath }.Count(time => time is not null) == 1,
                    $"The Wait state '{name}' needs exactly one of seconds, a secondsPath and a timestampPath.");
                Demand(state.Seconds is null or >= 0, $"The Wait state '{name}' waits {state.Seconds} seconds. It needs 0 or more.");
                break;
            case StateType.Parallel:
                Demand(state.Branches?.Count > 0, $"The Parallel state '{name}' has no branches.");
                break;
            case StateType.Map:
                Demand(state.ItemProcessor is not null, $"The Map state '{name}' has no item processor.");
                break;
        }
        Paths(state);
        Only(state, state.Activity, nameof(WorkflowState.Activity), StateType.Task);
        Only(state, state.WaitsFor, nameof(WorkflowState.WaitsFor), StateType.Task);
        Only(state, state.Error, nameof(WorkflowState.Error), StateType.Fail);
        Only(state, state.Cause, nameof(WorkflowState.Cause), StateType.Fail);
        Only(state, state.Result, nameof(WorkflowState.Result), StateType.Pass);
        Only(state, state.Seconds, nameof(WorkflowState.Seconds), StateType.Wait);
        Only(state, state.SecondsPath, nameof(WorkflowState.SecondsPath), StateType.Wait);
        Only(state, state.TimestampPath, nameof(WorkflowState.TimestampPath), StateType.Wait);
        Only(state, state.Branches, nameof(WorkflowState.Branches), StateType.Parallel);
        Only(state, state.ItemsPath, nameof(WorkflowState.ItemsPath), StateType.Map);
        Only(state, state.ItemProcessor, nameof(WorkflowState.ItemProcessor), StateType.Map);
        Only(state, state.ResultPath, nameof(WorkflowState.ResultPath), StateType.Task, StateType.Pass, StateType.Parallel, StateType.Map);
    }

    private static void Paths(WorkflowState state)
    {
        foreach (var path in new[] { state.SecondsPath, state.TimestampPath, state.ItemsPath, state.ResultPath })
            Demand(path is null || IsPath(path), $"'{state.Name}' has the path '{path}'. A path begins at the payload's root: $, or $.name.");
    }

    private static void Only(WorkflowState state, object? value, string member, params StateType[] types) => Demand(
        value is null || types.Contains(state.Type),
        $"The {state.Type} state '{state.Name}' has {member}, which belongs to {string.Join(", ", types)} only.");
}
