using System.Globalization;
using System.Text;
using System.Text.Json;
using CallCenter.Api.Instances;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>A published step, as a history tells it.</summary>
/// <param name="State">The state.</param>
/// <param name="Attempt">Which attempt at the workflow's repeated part it belongs to.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended; null while it is open.</param>
/// <param name="Input">What went in, as JSON text; null when that is not known.</param>
/// <param name="Output">What came out likewise; null when nothing did.</param>
/// <param name="HasResult">True when it ended with a result.</param>
/// <param name="IsTimedOut">True when nobody answered in time.</param>
/// <param name="Caught">Why it failed, when the workflow went on from there.</param>
internal sealed record HistoryStep(
    WorkflowState State, int Attempt, DateTime Start, DateTime? End, string? Input, string? Output, bool HasResult, bool IsTimedOut, (string? Error, string? Cause)? Caught)
{
    /// <summary>The steps of an instance, but those in no state of its workflow: anybody may publish anything.</summary>
    public static IReadOnlyList<HistoryStep> Of(InstanceView view) => view.Progress is not { } progress ? [] :
        [.. StepPayloads.Of(progress).Select(step => Read(step, view)).OfType<HistoryStep>()];

    private static HistoryStep? Read(StepPayloads step, InstanceView view)
    {
        var name = step.Step.StringOf("state");
        if (view.Workflow.Definition.States.FirstOrDefault(state => state.Name == name) is not { } state)
            return null;
        var error = step.Step.Of("error");
        return new HistoryStep(
            state,
            step.Step.IntegerOf("attempt") ?? 1,
            Time(step.Step.StringOf("startedAt")) ?? view.State.CreatedAt,
            Time(step.Step.StringOf("endedAt")),
            step.IsInstanceInput ? view.State.Input : Text(step.Input),
            Text(step.Output),
            view.IsOver(step.Step),
            step.Step.Of("timedOut") is { ValueKind: JsonValueKind.True },
            error is null ? null : (error.Value.StringOf("type"), error.Value.StringOf("message")));
    }

    private static string? Text(Payload? payload) => payload is null ? null : Encoding.UTF8.GetString(JsonText.Write(payload.Write));

    private static DateTime? Time(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
