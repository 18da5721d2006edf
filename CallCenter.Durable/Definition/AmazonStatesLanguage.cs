using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Durable.Seams;

namespace CallCenter.Durable.Definition;

/// <summary>Exports a definition as Amazon States Language (https://states-language.net/spec.html).</summary>
public static class AmazonStatesLanguage
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The state machine as the tutorial has it, with the default retry policy. A state has one <c>Next</c> there, so a
    /// transition that an option of the input asks for (<see cref="TransitionKind.Option"/>) is left out.
    /// </summary>
    public static string Export(WorkflowDefinition definition)
    {
        var states = new JsonObject();
        foreach (var state in definition.States)
            states[state.Name] = Export(state, [.. definition.Transitions.Where(t => t.From == state.Name)]);
        return new JsonObject
        {
            ["Comment"] = definition.Description,
            ["StartAt"] = definition.StartAt,
            ["States"] = states,
        }.ToJsonString(Indented);
    }

    private static JsonObject Export(WorkflowState state, IReadOnlyList<WorkflowTransition> ways) => state.Type switch
    {
        StateType.Choice => new JsonObject
        {
            ["Type"] = "Choice",
            ["Choices"] = new JsonArray([.. ways.Select(way => new JsonObject
            {
                ["Variable"] = way.Condition!.Variable,
                ["NumericEquals"] = way.Condition.NumericEquals,
                ["Next"] = way.To,
            })]),
        },
        StateType.Fail => new JsonObject { ["Type"] = "Fail", ["Error"] = state.Error, ["Cause"] = state.Cause },
        _ => Task(state, ways),
    };

    private static JsonObject Task(WorkflowState state, IReadOnlyList<WorkflowTransition> ways)
    {
        var retry = new RetryOptions();
        var task = new JsonObject
        {
            ["Type"] = "Task",
            ["Resource"] = $"arn:aws:lambda:REGION:ACCOUNT_ID:function:{state.Activity}",
            ["Retry"] = new JsonArray(new JsonObject
            {
                ["ErrorEquals"] = new JsonArray("States.TaskFailed"),
                ["IntervalSeconds"] = (int)Math.Ceiling(retry.FirstDelaySeconds),
                // Step Functions counts the retries, we count the attempts.
                ["MaxAttempts"] = retry.MaxAttempts - 1,
                ["BackoffRate"] = retry.Backoff,
            }),
        };
        if (ways.Where(way => way.Kind == TransitionKind.Catch).ToList() is { Count: > 0 } catches)
            task["Catch"] = new JsonArray([.. catches.Select(way => new JsonObject
            {
                ["ErrorEquals"] = new JsonArray([.. way.Errors!.Select(name => JsonValue.Create(name))]),
                ["ResultPath"] = "$.error",
                ["Next"] = way.To,
            })]);
        if (ways.FirstOrDefault(way => way.Kind == TransitionKind.Next) is { } next)
            task["Next"] = next.To;
        else
            task["End"] = true;
        return task;
    }
}
