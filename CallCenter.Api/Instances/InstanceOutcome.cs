using System.Text.Json;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Instances;

/// <summary>
/// How an instance came to its end, in a line: nobody answered in time; and of one that its workflow failed, what was answered, or what had
/// failed before. The error of such an instance says the same of all of them.
/// </summary>
internal static class InstanceOutcome
{
    private const int MaxLength = 300;

    /// <summary>The line; null where there is nothing to say.</summary>
    public static string? Of(InstanceView view)
    {
        var hasFailed = view.State.RuntimeStatus == OrchestrationRuntimeStatus.Failed;
        if (!(hasFailed ? IsDeclared(view) : view.State.RuntimeStatus == OrchestrationRuntimeStatus.Completed))
            return null;
        string? said = null;
        (ServedEvent Expected, JsonElement Step)? answered = null;
        foreach (var step in view.Steps)
        {
            var expected = step.StringOf("state") is { } state ? view.Served.Events.FirstOrDefault(one => one.States.Contains(state)) : null;
            if (expected is not null && step.Of("timedOut") is { ValueKind: JsonValueKind.True })
                (said, answered) = (expected.Definition.NoAnswer, null);
            else if (step.Of("error")?.StringOf("message") is { } message)
                (said, answered) = (hasFailed ? message : null, null);
            else if (expected is not null && view.IsOver(step))
                (said, answered) = (null, hasFailed && expected.Published.Any(name => step.Of(name) is not null) ? (expected, step) : null);
        }
        if (answered is { } last)
            said = Answer(view, last.Expected, last.Step);
        return said is null ? null : Excerpt.Cut(said, MaxLength);
    }

    /// <summary>True when a state of the workflow ended it: anything else that failed it speaks for itself.</summary>
    private static bool IsDeclared(InstanceView view) =>
        view.Error is { } error && view.Workflow.Definition.States.Any(state => state.Type == StateType.Fail && state.Error == error.Type);

    /// <summary>"Not resolved (Ada): hung up".</summary>
    private static string? Answer(InstanceView view, ServedEvent expected, JsonElement step)
    {
        var by = expected.Definition.By is { } member ? step.StringOf(member) : null;
        var more = expected.Remarks.Select(name => step.StringOf(name)).OfType<string>().Where(text => text.Length > 0).ToList();
        if (view.Outcome(expected, step) is not { Length: > 0 } outcome)
            return more.Count > 0 ? string.Join(' ', more) : null;
        return Words.Capitalized(outcome) + (by is null ? "" : $" ({by})") + (more.Count > 0 ? $": {string.Join(' ', more)}" : "");
    }
}
