using CallCenter.Durable.Definition;
using CallCenter.Durable.Errors;
using CallCenter.Durable.States;

namespace CallCenter.Durable.Execution;

/// <content>The states that are neither task nor choice of a number.</content>
public sealed partial class Steps
{
    /// <summary>A choice: the state that the first way leads to whose condition the payload fulfils, else the choice's default.</summary>
    /// <returns>The name of the state.</returns>
    /// <exception cref="NoChoiceMatchedException">No way takes this payload.</exception>
    public string Choose<T>(ChoiceState state, T payload)
        where T : class
    {
        Publish(state.Name);
        var json = _workflow.Json.ToElement(payload);
        return Choose(state, condition => condition.Holds(json));
    }

    /// <summary>A Pass state: makes its output of its input.</summary>
    public TOut Pass<TIn, TOut>(PassState state, TIn input, TOut result)
    {
        Enter(state, input);
        return Leave(result);
    }

    /// <summary>A Wait state: the input comes out of it when the time has passed, restarts included.</summary>
    public async Task<T> WaitAsync<T>(WaitState state, T input, TimeSpan time)
    {
        Enter(state, input, deadline: Now + time);
        if (time > TimeSpan.Zero)
            await _context.CreateTimerAsync(time);
        return Leave(input);
    }

    /// <summary>The same until a point in time (UTC); one that has passed is not waited for.</summary>
    public Task<T> WaitUntilAsync<T>(WaitState state, T input, DateTime until) => WaitAsync(state, input, until - _context.CurrentUtcDateTime);

    /// <summary>
    /// A Parallel or Map state: one step, whatever runs within it. What runs side by side is <see cref="CallAsync"/>, put together
    /// by <see cref="Task.WhenAll(IEnumerable{Task})"/>.
    /// </summary>
    /// <exception cref="ActivityFailedException">One of the activities failed and its attempts are used up. The others have ended.</exception>
    public async Task<TOut> WithinAsync<TIn, TOut>(State state, TIn input, Func<Task<TOut>> run)
    {
        Enter(state, input);
        return Leave(await run());
    }

    /// <summary>A task state within a Parallel or Map state: runs its activity, with the workflow's retry policy, and is no step of its own.</summary>
    /// <exception cref="ActivityFailedException">The activity failed and its attempts are used up.</exception>
    public Task<TOut> CallAsync<TIn, TOut>(TaskState<TIn, TOut> state, TIn input) =>
        _context.CallActivityAsync<TOut>(state.Activity, input, _retry);

    /// <summary>A Succeed state: what it is given is what the workflow ends with.</summary>
    public T Succeed<T>(SucceedState state, T output)
    {
        Publish(state.Name);
        return output;
    }

    private string Choose(ChoiceState state, Func<ChoiceCondition, bool> holds)
    {
        var ways = _workflow.Definition.Transitions.Where(way => way.From == state.Name).ToList();
        var way = ways.FirstOrDefault(way => way.Condition is { } condition && holds(condition))
            ?? ways.FirstOrDefault(way => way.Kind == TransitionKind.Default);
        return way?.To ?? throw new NoChoiceMatchedException();
    }
}
