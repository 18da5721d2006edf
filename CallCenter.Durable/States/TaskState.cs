using CallCenter.Durable.Definition;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.States;

/// <summary>A state that runs an activity, or waits for an event in its place.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Activity">The activity's name, the same in every history: it must not change while an instance is under way.</param>
/// <param name="WaitsFor">The external event that the state may wait for instead of running its activity.</param>
public abstract record TaskState(string Name, string Activity, string? WaitsFor) : State(Name)
{
    /// <inheritdoc/>
    internal override WorkflowState Describe() => new(Name, StateType.Task, Activity) { WaitsFor = WaitsFor };
}

/// <summary>The same with the types of its activity: a call with others does not compile.</summary>
/// <typeparam name="TInput">What the activity takes.</typeparam>
/// <typeparam name="TOutput">What it gives.</typeparam>
/// <param name="name">The state's name. The activity's is the same without blanks: <c>Say Hello</c> runs <c>SayHello</c>.</param>
/// <param name="prefix">What the activity's name begins with, where another workflow has an activity of that name.</param>
/// <param name="waitsFor">The external event that the state may wait for instead.</param>
public sealed record TaskState<TInput, TOutput>(string name, string prefix = "", string? waitsFor = null)
    : TaskState(name, prefix + ActivityOf(name), waitsFor)
{
    private static string ActivityOf(string name) =>
        string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Words.Capitalized));
}
