using CallCenter.Durable.Definition;
using CallCenter.Durable.Errors;

namespace CallCenter.Durable.States;

/// <summary>A state of a workflow. It is named once, and everything that speaks of it speaks of this object.</summary>
/// <param name="Name">Its name, as the picture shows it.</param>
public abstract record State(string Name)
{
    /// <summary>Where in the payload the state's result goes, as the exports say it (<c>$.price</c>); null: the result is the payload.</summary>
    public string? ResultPath { get; init; }

    /// <summary>The way that is taken when the state has ended.</summary>
    public WorkflowTransition Then(State next) => new(Name, next.Name, TransitionKind.Next);

    /// <summary>A way beside <see cref="Then"/> that an option of the input asks for.</summary>
    /// <param name="next">Where it leads.</param>
    /// <param name="when">When it is taken, as the picture says it.</param>
    public WorkflowTransition Or(State next, string when) => new(Name, next.Name, TransitionKind.Option) { Label = when };

    /// <summary>The way that is taken when a Task, Parallel or Map state has failed for good.</summary>
    /// <param name="next">Where it leads.</param>
    /// <param name="when">What the picture says beside it.</param>
    /// <param name="errors">The errors, as Amazon States Language names them; <c>States.TaskFailed</c> for any.</param>
    public WorkflowTransition Catch(State next, string when, params string[] errors) =>
        new(Name, next.Name, TransitionKind.Catch) { Label = when, Errors = errors is [] ? ["States.TaskFailed"] : errors };

    /// <summary>The state as data.</summary>
    internal abstract WorkflowState Describe();
}

/// <summary>A state that decides on the payload.</summary>
/// <param name="Name">Its name.</param>
public sealed record ChoiceState(string Name) : State(Name)
{
    /// <summary>The way that is taken when a number of the payload equals another.</summary>
    /// <param name="member">The payload's member.</param>
    /// <param name="equals">What it must be.</param>
    /// <param name="next">Where the way leads.</param>
    public WorkflowTransition When(string member, int equals, State next) =>
        new(Name, next.Name, TransitionKind.Choice) { Label = $"{member} = {equals}", Condition = new($"$.{member}", equals) };

    /// <summary>The way that is taken when the payload fulfils a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="next">Where the way leads.</param>
    /// <param name="when">What the picture says beside it.</param>
    public WorkflowTransition When(ChoiceCondition condition, State next, string when) =>
        new(Name, next.Name, TransitionKind.Choice) { Label = when, Condition = condition };

    /// <summary>The way that is taken when no condition holds.</summary>
    public WorkflowTransition Otherwise(State next, string when = "otherwise") => new(Name, next.Name, TransitionKind.Default) { Label = when };

    /// <inheritdoc/>
    internal override WorkflowState Describe() => new(Name, StateType.Choice);
}

/// <summary>A state that ends the workflow with an error.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Error">The name of the error.</param>
/// <param name="Cause">Its message.</param>
public sealed record FailState(string Name, string Error, string Cause) : State(Name)
{
    /// <summary>A state that throws an exception of this type.</summary>
    public static FailState Of<TException>(string name, string cause)
        where TException : Exception => new(name, ErrorDetails.NameOf(typeof(TException)), cause);

    /// <inheritdoc/>
    internal override WorkflowState Describe() => new(Name, StateType.Fail) { Error = Error, Cause = Cause };
}
