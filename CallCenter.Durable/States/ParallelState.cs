using CallCenter.Durable.Definition;

namespace CallCenter.Durable.States;

/// <summary>A flow within a Parallel or Map state.</summary>
/// <param name="States">Its states; the first is where it starts.</param>
/// <param name="Ways">Every way from one of them to another.</param>
public sealed record Branch(IReadOnlyList<State> States, IReadOnlyList<WorkflowTransition> Ways)
{
    /// <summary>A branch whose states follow one another.</summary>
    public static Branch Of(params State[] states) => new(states, [.. states.Zip(states.Skip(1), (state, next) => state.Then(next))]);

    /// <summary>The branch as data: what no way leads on from is its end.</summary>
    internal WorkflowBranch Describe() => new(
        States[0].Name,
        [.. States.Select(state => state.Describe() with { End = IsEnd(state), ResultPath = state.ResultPath })],
        Ways);

    private bool IsEnd(State state) => !Ways.Any(way => way.From == state.Name && LeadsOn(way.Kind));

    private static bool LeadsOn(TransitionKind kind) => kind is not (TransitionKind.Catch or TransitionKind.Option);
}

/// <summary>A state that runs several branches side by side.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Branches">What it runs.</param>
public sealed record ParallelState(string Name, params Branch[] Branches) : State(Name)
{
    /// <inheritdoc/>
    internal override WorkflowState Describe() => new(Name, StateType.Parallel) { Branches = [.. Branches.Select(branch => branch.Describe())] };
}

/// <summary>A state that does the same with each item of a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Processor">What it does with an item.</param>
/// <param name="ItemsPath">Where in the payload the items are (<c>$.items</c>); null when the payload is the list.</param>
public sealed record MapState(string Name, Branch Processor, string? ItemsPath = null) : State(Name)
{
    /// <inheritdoc/>
    internal override WorkflowState Describe() => new(Name, StateType.Map) { ItemProcessor = Processor.Describe(), ItemsPath = ItemsPath };
}
