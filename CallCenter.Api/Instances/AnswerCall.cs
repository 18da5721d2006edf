using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Instances;

/// <summary>
/// <c>POST /api/{collection}/{id}/{event}</c>. An event cannot be refused by who receives it, so every answer carries an id, the instance
/// publishes the id of the answer that it took, and only the caller of that one is told 202.
/// </summary>
internal sealed class AnswerCall(Call call, ServedEvent expected, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly string _answerId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8));

    private string Item => call.Workflow.Item;

    public async Task<ApiResponse> AnswerAsync()
    {
        var body = await ReadAsync();
        var (attempt, deadline) = (body.IntegerOf("attempt"), (string?)null);
        using (var view = new InstanceView(call.Served, await call.FindAsync()))
        {
            if (Refusal(view, attempt) is { } refusal)
                return refusal;
            (attempt, deadline) = (view.Attempt, view.Deadline);
        }

        // Always with its attempt: an answer that comes late must never count for the next one.
        var payload = expected.Complete(body, attempt!.Value, _answerId);
        var raised = await call.Client.RaiseEventAsync(call.Id, expected.Definition.Name, payload, call.Cancellation);
        return raised == OrchestrationAnswer.Accepted
            ? await OutcomeAsync(attempt.Value, deadline)
            : call.Answer(raised, 202, $"The {Item} does not accept an answer right now. Read it again.");
    }

    private async Task<JsonElement> ReadAsync()
    {
        var errors = new List<FieldError>();
        var answer = await RequestBody.ReadAsync(call.Request, expected.Schema, errors);
        return errors.Count == 0 ? answer : throw new RefusedException(Problem.BadRequest(errors));
    }

    /// <summary>Why the instance takes no answer to this attempt; null when it does.</summary>
    private ApiResponse? Refusal(InstanceView view, int? attempt)
    {
        if (view.State.HasEnded)
            return call.Ended(view.State.RuntimeStatus);
        if (view.State.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
            return Problem.Of(409, $"The {Item} is suspended: resume it first. Nothing was sent to it.");
        if (attempt is { } answered && view.Answered(expected, answered) is { } step)
            return Taken(view, step, answered, null, view.WaitingFor is null ? null : view.Attempt);
        if (view.WaitingFor != expected.Definition.Name || view.Attempt is not { } waiting)
        {
            var where = view.CurrentState is { } state ? $"'{Excerpt.Short(state)}'" : "no state yet";
            return Problem.Of(409,
                $"The {Item} is not waiting for {expected.Definition.From}: it is in {where}. " +
                $"Answer it when its 'waitingFor' is '{expected.Definition.Name}'.");
        }
        return attempt is { } given && given != waiting
            ? Problem.Of(409, $"The {Item} is waiting in attempt {waiting}, but this answer is for attempt {given}. Read the {Item} again before you answer it.")
            : null;
    }

    /// <summary>What became of the answer. An embedded runtime has taken it by now; over a queue that takes a moment.</summary>
    private async Task<ApiResponse> OutcomeAsync(int attempt, string? deadline)
    {
        var started = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            using var view = new InstanceView(call.Served, await call.FindAsync());
            if (view.Answered(expected, attempt) is { } step)
                return step.StringOf("answerId") == _answerId ? new ApiResponse(202) : Taken(view, step, attempt, deadline);
            if (view.State.HasEnded)
                return call.Ended(view.State.RuntimeStatus);
            if (view.State.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
                return Unknown(
                    $"The {Item} was suspended while it was answered: it will look at the answer when it is resumed, and take it if no other came first.");
            if (view.Attempt > attempt)
                return Unknown($"The {Item} has moved on, and no longer shows whose answer it took.");
            if (clock.GetElapsedTime(started) >= LongestWait)
                return Unknown($"The answer was sent, but the {Item} has not come to it yet: it will take it if no other came first.");
            await Task.Delay(pause, clock, call.Cancellation);
        }
    }

    private ApiResponse Taken(InstanceView view, JsonElement step, int attempt, string? deadline, int? waiting = null)
    {
        var taken = IsOver(step, deadline)
            ? "had no answer in time"
            : $"was answered by {Excerpt.Short(By(step) ?? "somebody without a name")}{(view.Outcome(expected, step) is { } outcome ? $": {outcome}" : "")}";
        return Problem.Of(409, $"Attempt {attempt} {taken}. This answer does not count.{(waiting is null ? "" : $" The {Item} waits in attempt {waiting}.")}");
    }

    private string? By(JsonElement step) => expected.Definition.By is { } by ? step.StringOf(by) : null;

    /// <summary>Earlier workflows did not say of a step that its time had passed.</summary>
    private bool IsOver(JsonElement step, string? deadline) =>
        step.Of("timedOut") is { ValueKind: JsonValueKind.True } || By(step) is null && step.StringOf("answerId") is null && Time(step.StringOf("endedAt")) >= Time(deadline);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private ApiResponse Unknown(string detail) => Problem.Of(503, $"{detail} Read the {Item} before you answer again.").With("Retry-After", "5");
}
