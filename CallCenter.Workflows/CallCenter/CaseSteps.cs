using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;

namespace CallCenter.Workflows.CallCenter;

/// <summary>
/// Takes the steps of one case: calls the activity or waits for the agent, and publishes where the case stands before and after.
/// </summary>
internal sealed class CaseSteps(IOrchestrationContext context, CaseInput input)
{
    private readonly List<CaseStep> _steps = [];
    private SupportCase? _case;
    private int _attempt = 1;

    /// <summary>A task state: one activity, with the case's retry policy.</summary>
    public async Task<SupportCase> RunAsync(string state, string activity, object payload)
    {
        Enter(state);
        return Leave(await context.CallActivityAsync<SupportCase>(activity, payload, input.Retry.ToPolicy()));
    }

    /// <summary>Work on Case: the program's attempt, or a person's.</summary>
    public Task<SupportCase> WorkAsync(SupportCase supportCase, int attempt)
    {
        _attempt = attempt;
        return input.WorkMode == WorkMode.Agent
            ? WaitForAgentAsync(supportCase)
            : RunAsync(CaseStates.WorkOnCase, CaseActivityNames.WorkOnCase, supportCase);
    }

    /// <summary>The catch on Work on Case: the step is over, its failure is kept, and the case counts as unresolved.</summary>
    public SupportCase Catch(SupportCase supportCase, ActivityFailedException failure) =>
        Leave(supportCase.Unworkable(), step => step with { Error = ProgressLimit.Cut(failure.Error) });

    /// <summary>The choice Is Case Resolved.</summary>
    /// <exception cref="NoChoiceMatchedException">The Status is neither 1 nor 0.</exception>
    public bool IsResolved(SupportCase supportCase)
    {
        Publish(CaseStates.IsCaseResolved);
        return supportCase.Status switch { 1 => true, 0 => false, _ => throw new NoChoiceMatchedException() };
    }

    /// <summary>Publishes why the case fails: the output of a failed orchestration is text that differs by runtime.</summary>
    public void Fail(Exception error)
    {
        if (_steps is [.., { EndedAt: null } open])
            _steps[^1] = open with { EndedAt = Now };
        Publish(CaseStates.Fail, error: ProgressLimit.Cut(ErrorDetails.From(error)));
    }

    private async Task<SupportCase> WaitForAgentAsync(SupportCase supportCase)
    {
        var deadline = Now.AddSeconds(input.AgentDeadlineSeconds);
        Enter(CaseStates.WorkOnCase, CaseWorked.EventName, deadline);
        var answer = await AnswerUntilAsync(deadline);
        return Leave(supportCase.Work(answer is { Resolved: true } ? 1 : 0), step => step with
        {
            Agent = ProgressLimit.Cut(answer?.Agent, CaseLimits.AgentLength),
            Note = ProgressLimit.Cut(answer?.Note, CaseLimits.NoteLength),
            AnswerId = ProgressLimit.Cut(answer?.AnswerId, CaseLimits.AnswerIdLength),
        });
    }

    /// <summary>The agent's answer to this attempt, or null at the deadline. What is no such answer leaves the deadline as it is.</summary>
    private async Task<CaseWorked?> AnswerUntilAsync(DateTime deadline)
    {
        for (var left = deadline - context.CurrentUtcDateTime; left > TimeSpan.Zero; left = deadline - context.CurrentUtcDateTime)
        {
            try
            {
                var answer = await context.WaitForExternalEventAsync<CaseWorked>(CaseWorked.EventName, left);
                if (answer.Attempt is null || answer.Attempt == _attempt)
                    return answer;
            }
            catch (FormatException)
            {
                // Not an answer at all: anybody may raise an event with any payload.
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
        return null;
    }

    private DateTime Now => new(context.CurrentUtcDateTime.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    private void Enter(string state, string? waitingFor = null, DateTime? deadline = null)
    {
        _steps.Add(new CaseStep { State = state, StartedAt = Now, Attempt = _attempt });
        Publish(state, waitingFor, deadline);
    }

    private SupportCase Leave(SupportCase result, Func<CaseStep, CaseStep>? more = null)
    {
        var added = _case is null ? result.Message : result.Message[_case.Message.Length..];
        var ended = _steps[^1] with { EndedAt = Now, Status = result.Status, Added = added };
        _steps[^1] = more is null ? ended : more(ended);
        _case = result;
        Publish(ended.State);
        return result;
    }

    private void Publish(string state, string? waitingFor = null, DateTime? deadline = null, ErrorDetails? error = null) =>
        context.SetCustomStatus(ProgressLimit.Fit(new CaseProgress
        {
            State = state,
            Attempt = _attempt,
            WaitingFor = waitingFor,
            Deadline = deadline,
            Case = _case,
            Error = error,
            Steps = [.. _steps],
        }));
}
