using System.Globalization;
using System.Text.Json;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Events;
using CallCenter.Durable.Seams;
using CallCenter.Durable.States;

namespace CallCenter.Durable.Execution;

/// <summary>Takes the steps of one instance, and publishes before and after each where it stands.</summary>
public sealed partial class Steps
{
    private readonly IOrchestrationContext _context;
    private readonly IWorkflow _workflow;
    private readonly RetryPolicy? _retry;
    private StepLog _log = StepLog.Empty;
    private readonly DateTime _begun;
    private object? _last;
    private JsonElement? _payload;
    private object? _answer;
    private (string? For, DateTime? Until) _waiting;

    internal Steps(IOrchestrationContext context, IWorkflow workflow, RetryPolicy? retry, object input) =>
        (_context, _workflow, _retry, _last, _begun) = (context, workflow, retry, input, context.CurrentUtcDateTime);

    /// <summary>Which attempt at the workflow's repeated part this is; the first is 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>What the durable runtime offers beyond steps: timers, the clock, the instance id.</summary>
    public IOrchestrationContext Context => _context;

    /// <summary>
    /// Names this attempt at a state, the same whenever it is run again, and another after a restart of the instance: the key by which
    /// an activity's work is done once.
    /// </summary>
    public string KeyOf(State state) =>
        string.Create(CultureInfo.InvariantCulture, $"{_context.InstanceId}/{_begun:yyyyMMddTHHmmss.fff}Z/{state.Name}/{Attempt}");

    /// <summary>A task state: runs its activity, with the workflow's retry policy.</summary>
    /// <exception cref="ActivityFailedException">The activity failed and its attempts are used up.</exception>
    public async Task<TOut> DoAsync<TIn, TOut>(TaskState<TIn, TOut> state, TIn input)
    {
        Enter(state, input);
        return Leave(await _context.CallActivityAsync<TOut>(state.Activity, input, _retry));
    }

    /// <summary>
    /// An activity inside the open state that the workflow can do without: the step shows true under a name, or why it failed, and the workflow goes on.
    /// </summary>
    /// <param name="shown">The name in the step.</param>
    /// <param name="activity">Names the activity and its types; it is no state of the workflow.</param>
    /// <param name="input">What the activity takes.</param>
    public async Task TryAsync<TIn, TOut>(string shown, TaskState<TIn, TOut> activity, TIn input)
    {
        try
        {
            await _context.CallActivityAsync<TOut>(activity.Activity, input, _retry);
            Show(shown, true);
        }
        catch (ActivityFailedException failure)
        {
            Show(shown, StatusLimit.Cut(failure.Error).Message);
        }
        Publish(_log.Last!.State, _waiting.For, _waiting.Until);
    }

    /// <summary>A way out of a failed state: the step is over, its failure is kept, and the payload is what the workflow makes of it.</summary>
    public TOut Catch<TOut>(ActivityFailedException failure, TOut result) => Leave(result, StatusLimit.Cut(failure.Error));

    /// <summary>A choice: the state that the first fitting way leads to.</summary>
    /// <param name="state">The choice.</param>
    /// <param name="value">The number that it decides on.</param>
    /// <returns>The name of the state.</returns>
    /// <exception cref="NoChoiceMatchedException">No way takes this value.</exception>
    public string Choose(ChoiceState state, int? value)
    {
        Publish(state.Name);
        return Choose(state, condition => value is not null && condition.NumericEquals == value);
    }

    /// <summary>Waits in a state for an answer to this attempt. What is no such answer leaves the deadline as it is.</summary>
    /// <param name="state">The state that waits; <see cref="Leave{TOut}(TOut)"/> ends it.</param>
    /// <param name="input">The payload that goes into it.</param>
    /// <param name="expected">The event.</param>
    /// <param name="time">How long.</param>
    /// <param name="begun">What is done once the deadline is known; it takes from the time, and answers that come meanwhile count.</param>
    /// <returns>The answer; null when the time has passed.</returns>
    public async Task<TAnswer?> WaitAsync<TAnswer>(
        TaskState state, object? input, EventDefinition<TAnswer> expected, TimeSpan time, Func<DateTime, Task>? begun = null)
        where TAnswer : class, IAnswer
    {
        var deadline = Now + time;
        Enter(state, input, expected.Name, deadline);
        if (begun is not null)
            await begun(deadline);
        // What came while that was done counts, even where it took all the time.
        var least = begun is null ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1);
        TimeSpan Left() => deadline - _context.CurrentUtcDateTime is var left && left > least ? left : least;
        for (var left = Left(); left > TimeSpan.Zero; left = Left())
        {
            try
            {
                var answer = await _context.WaitForExternalEventAsync<TAnswer>(expected.Name, left);
                if (answer.Attempt is null || answer.Attempt == Attempt)
                {
                    _answer = answer;
                    return answer;
                }
            }
            catch (FormatException)
            {
                // Not an answer at all: anybody may raise an event with any payload.
            }
            catch (TimeoutException)
            {
                break;
            }
        }
        // A no is an answer too: only this tells the two apart.
        Show("timedOut", true);
        return null;
    }

    /// <summary>Ends the state that waits, with the payload that the workflow makes of the answer.</summary>
    public TOut Leave<TOut>(TOut result) => Leave(result, error: null);

    internal Task<T> RunAsync<T>(Func<Steps, Task<T>> run) => EndAsync(run).Unwrap();

    /// <summary>What the flow ended with goes on as it is: an exception that is thrown once more in each layer costs more than a step does.</summary>
    private async Task<Task<T>> EndAsync<T>(Func<Steps, Task<T>> run)
    {
        var flow = Begin(run);
#pragma warning disable RS0030 // It stays where the replay is: what is banned is to leave it.
        await ((Task)flow).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
#pragma warning restore RS0030
        if (!flow.IsCompletedSuccessfully)
            ShowFailure(flow.Exception?.InnerException ?? new TaskCanceledException(flow));
        return flow;
    }

    private Task<T> Begin<T>(Func<Steps, Task<T>> run)
    {
        try
        {
            return run(this);
        }
        catch (Exception error)
        {
            // A flow that is no async method.
            return Task.FromException<T>(error);
        }
    }

    /// <summary>The output of a failed orchestration is text that differs by runtime: so the status says why.</summary>
    private void ShowFailure(Exception error)
    {
        if (_log.Last is { EndedAt: null } open)
            _log = _log.WithLast(open.Broken(Now));
        var details = ErrorDetails.From(error);
        Publish(FailStateOf(details.Type), error: StatusLimit.Cut(details));
    }

    /// <summary>The state that ends with this error; a name for it where the workflow has none.</summary>
    private string FailStateOf(string error) =>
        _workflow.Definition.States.FirstOrDefault(state => state.Type == StateType.Fail && state.Error == error)?.Name ?? "Fail";

    private DateTime Now => new(_context.CurrentUtcDateTime.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    private void Enter(State state, object? input, string? waitingFor = null, DateTime? deadline = null)
    {
        _waiting = (waitingFor, deadline);
        _log = _log.With(new StepEntry(state.Name, Now, Attempt) { Given = ReferenceEquals(input, _last) ? null : Given(input) });
        Publish(state.Name, waitingFor, deadline);
    }

    private void Show(string name, object value) => _log = _log.WithLast(_log.Last!.Showing(name, _workflow.Json.ToElement(value)));

    private JsonElement? Given(object? input)
    {
        var given = _workflow.Json.ToElement(input);
        return _payload is { } before && JsonElement.DeepEquals(before, given) ? null : Delta.Of(_payload, given);
    }

    private TOut Leave<TOut>(TOut result, ErrorDetails? error)
    {
        var after = _workflow.Json.ToElement(result);
        _log = _log.WithLast(_log.Last!.Ended(Now, _payload, after, _answer is null ? [] : PublishedMembers.Of(_answer, _workflow.Json), error));
        (_payload, _last, _answer) = (after, result, null);
        Publish(_log.Last!.State);
        return result;
    }

    private void Publish(string state, string? waitingFor = null, DateTime? deadline = null, ErrorDetails? error = null) =>
        _context.SetCustomStatus(new WorkflowStatus
        {
            Item = _workflow.Item,
            State = state,
            Attempt = Attempt,
            WaitingFor = waitingFor,
            Deadline = deadline,
            Payload = _payload,
            Error = error,
            Steps = _log,
        });
}
