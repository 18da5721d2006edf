using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Api.Cases;

/// <summary>
/// <c>POST /api/cases/{id}/work</c>. An event cannot be refused by who receives it, so every answer carries an id, the case publishes the
/// id of the answer that it took, and only the caller of that one is told 202.
/// </summary>
internal sealed class AnsweringCases(IOrchestrationClient client, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public async Task<ApiResponse> AnswerAsync(ApiRequest request, string id)
    {
        CaseWorked answer;
        using (var body = await RequestBody.ReadJsonAsync(request, CaseWorkedReader.Example))
            answer = CaseWorkedReader.Read(body);
        answer = answer with { AnswerId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8)) };
        string? deadline;
        using (var view = new CaseView(await client.FindAsync(id, request.Cancellation)))
        {
            if (Refusal(view, id, answer.Attempt) is { } refusal)
                return refusal;
            // Always with its attempt: an answer that comes late must never count for the next one.
            (answer, deadline) = (answer with { Attempt = view.Attempt }, view.Deadline);
        }

        var raised = await client.RaiseEventAsync(id, CaseWorked.EventName, answer, request.Cancellation);
        return raised == OrchestrationAnswer.Accepted
            ? await OutcomeAsync(id, answer, deadline, request.Cancellation)
            : ChangingCases.Answer(raised, id, 202, "The case does not take an answer now. Read it again.");
    }

    /// <summary>Why the case takes no answer to this attempt; null when it does.</summary>
    private static ApiResponse? Refusal(CaseView view, string id, int? attempt)
    {
        if (view.State.HasEnded)
            return ChangingCases.Ended(id, view.State.RuntimeStatus);
        if (view.State.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
            return Problem.Of(409, "The case is suspended: resume it first. Nothing was sent to it.");
        if (attempt is { } answered && view.EndedWork(answered) is { } step)
            return Taken(step, answered, null, view.WaitingFor is null ? null : view.Attempt);
        if (view.WaitingFor != CaseWorked.EventName || view.Attempt is not { } waiting)
            return Problem.Of(409, $"The case does not wait for an agent: it is in {(view.CaseState is { } state ? $"'{Excerpt.Short(state)}'" : "no state yet")}. Answer it when its 'waitingFor' is '{CaseWorked.EventName}'.");
        return attempt is { } given && given != waiting
            ? Problem.Of(409, $"The case waits in attempt {waiting}, and this answers attempt {given}. Read the case again before you answer it.")
            : null;
    }

    /// <summary>What became of an answer. An embedded runtime has taken it by now; over a queue that takes a moment.</summary>
    private async Task<ApiResponse> OutcomeAsync(string id, CaseWorked answer, string? deadline, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            using var view = new CaseView(await client.FindAsync(id, cancellation));
            if (view.EndedWork(answer.Attempt!.Value) is { } step)
                return step.StringOf("answerId") == answer.AnswerId ? new ApiResponse(202) : Taken(step, answer.Attempt.Value, deadline);
            if (view.State.HasEnded)
                return ChangingCases.Ended(id, view.State.RuntimeStatus);
            if (view.State.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
                return Unknown("The case was suspended while it was answered: it looks at the answer when it is resumed, and takes it if no other came first.");
            if (view.Attempt > answer.Attempt)
                return Unknown("The case has gone on, and no longer shows whose answer it took.");
            if (clock.GetElapsedTime(started) >= LongestWait)
                return Unknown("The answer was sent, and the case has not come to it yet: it takes it if no other came first.");
            await Task.Delay(pause, clock, cancellation);
        }
    }

    private static ApiResponse Taken(JsonElement step, int attempt, string? deadline, int? waiting = null) => Problem.Of(409,
        $"Attempt {attempt} {(IsOver(step, deadline) ? "had no answer in time" : $"was answered by {Excerpt.Short(step.StringOf("agent") ?? "somebody without a name")}: {(step.IntegerOf("status") == 1 ? "resolved" : "not resolved")}")}. This answer does not count.{(waiting is null ? "" : $" The case waits in attempt {waiting}.")}");

    private static bool IsOver(JsonElement step, string? deadline) =>
        step.StringOf("agent") is null && step.StringOf("answerId") is null && Time(step.StringOf("endedAt")) >= Time(deadline);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static ApiResponse Unknown(string detail) => Problem.Of(503, detail + " Read the case before you answer again.").With("Retry-After", "5");
}
