using static CallCenter.Durable.Definition.DefinitionCheck;

namespace CallCenter.Durable.Definition;

/// <summary>Whether the ways from a state are those that its type may have.</summary>
internal static class WayCheck
{
    private const string Everything = "States.ALL";

    /// <exception cref="ArgumentException">They are not; the message says what is wrong.</exception>
    public static void Check(WorkflowState state, IReadOnlyList<WorkflowTransition> ways)
    {
        switch (state.Type)
        {
            case StateType.Choice:
                Choice(state, ways);
                break;
            case StateType.Fail or StateType.Succeed:
                Demand(state.End && ways.Count == 0, $"The {state.Type} state '{state.Name}' ends the process: it has End = true and no way on.");
                break;
            default:
                Step(state, ways);
                break;
        }
        foreach (var way in ways)
        {
            Demand(way.Condition is null || way.Kind == TransitionKind.Choice, $"{Name(way)} has a condition, but is no choice.");
            Demand(way.Errors is null || way.Kind == TransitionKind.Catch, $"{Name(way)} has errors, but is no catch.");
        }
    }

    private static void Choice(WorkflowState state, IReadOnlyList<WorkflowTransition> ways)
    {
        Demand(!state.End, $"The Choice state '{state.Name}' has End = true. It always leads on.");
        Demand(ways.Any(way => way.Kind == TransitionKind.Choice), $"The Choice state '{state.Name}' has no ways to choose from.");
        Demand(ways.Count(way => way.Kind == TransitionKind.Default) <= 1, $"The Choice state '{state.Name}' has more than one default.");
        foreach (var way in ways)
        {
            Demand(
                way.Kind is TransitionKind.Choice or TransitionKind.Default,
                $"{Name(way)} is of kind {way.Kind}. A Choice state has ways of kind Choice, and one Default.");
            Demand(way.Kind != TransitionKind.Choice || way.Condition is not null, $"{Name(way)} has no condition.");
            if (way.Condition is not null)
                Condition(way, way.Condition);
        }
    }

    private static void Condition(WorkflowTransition way, ChoiceCondition condition)
    {
        if (condition.Connectives == 0)
        {
            Demand(
                condition.Variable is not null && condition.Comparisons == 1,
                $"{Name(way)} has a condition with {condition.Comparisons} comparisons. It needs a variable and exactly one, or And, Or or Not.");
            Demand(IsPath(condition.Variable!), $"{Name(way)} compares '{condition.Variable}'. A path begins at the payload's root: $.name.");
            return;
        }
        Demand(
            condition is { Connectives: 1, Comparisons: 0, Variable: null },
            $"{Name(way)} has a condition that mixes And, Or, Not and comparisons. Each goes into a condition of its own.");
        Demand(condition.Parts.Any(), $"{Name(way)} has an And or Or over no conditions.");
        foreach (var part in condition.Parts)
            Condition(way, part);
    }

    private static void Step(WorkflowState state, IReadOnlyList<WorkflowTransition> ways)
    {
        var next = ways.Count(way => way.Kind == TransitionKind.Next);
        Demand(!state.End || next == 0, $"'{state.Name}' has End = true and a way of kind Next. It can have one of both.");
        Demand(state.End || next == 1, $"'{state.Name}' has {next} ways of kind Next. It needs exactly one, or End = true.");
        foreach (var way in ways)
        {
            Demand(
                way.Kind is not (TransitionKind.Choice or TransitionKind.Default),
                $"{Name(way)} is of kind {way.Kind}, but '{state.Name}' is no Choice state.");
        }

        var catches = ways.Where(way => way.Kind == TransitionKind.Catch).ToList();
        Demand(
            catches.Count == 0 || state.Type is StateType.Task or StateType.Parallel or StateType.Map,
            $"The {state.Type} state '{state.Name}' has a catch. Only Task, Parallel and Map states can fail.");
        foreach (var way in catches)
        {
            Demand(way.Errors?.Count > 0, $"{Name(way)} is a catch without errors. {Everything} catches them all.");
            Demand(
                !way.Errors!.Contains(Everything) || (way.Errors!.Count == 1 && way == catches[^1]),
                $"{Name(way)} catches {Everything}, which stands alone, and in the last catch.");
        }
    }

    private static string Name(WorkflowTransition way) => $"The way from '{way.From}' to '{way.To}'";
}
