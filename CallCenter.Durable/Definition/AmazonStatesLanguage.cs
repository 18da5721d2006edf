using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Definition;

/// <summary>Exports a definition as Amazon States Language (https://states-language.net/spec.html).</summary>
public static class AmazonStatesLanguage
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The state machine with the workflow's default retry policy, its activities as Lambda functions. A state has one <c>Next</c> there, so a
    /// transition that an option of the input asks for (<see cref="TransitionKind.Option"/>) is left out, and a state that only such
    /// transitions lead to.
    /// </summary>
    /// <param name="definition">The workflow.</param>
    /// <param name="options">Where its Lambda functions are; by default in an account that is nobody's.</param>
    public static string Export(WorkflowDefinition definition, AmazonStatesLanguageOptions? options = null)
    {
        var machine = new JsonObject { ["Comment"] = definition.Description };
        foreach (var (name, value) in new Exporter(options ?? new(), definition.Retry).Flow(definition.Flow))
            machine[name] = value?.DeepClone();
        return machine.ToJsonString(Indented);
    }

    private sealed class Exporter(AmazonStatesLanguageOptions options, RetryOptions? retry)
    {
        public JsonObject Flow(WorkflowBranch flow)
        {
            var reached = flow.Reach(way => way.Kind != TransitionKind.Option);
            var states = new JsonObject();
            foreach (var state in flow.States.Where(state => reached.Contains(state.Name)))
                states[state.Name] = State(state, [.. flow.Transitions.Where(way => way.From == state.Name)]);
            return new JsonObject { ["StartAt"] = flow.StartAt, ["States"] = states };
        }

        private JsonObject State(WorkflowState state, IReadOnlyList<WorkflowTransition> ways)
        {
            var exported = new JsonObject { ["Type"] = state.Type.ToString() };
            switch (state.Type)
            {
                case StateType.Task:
                    exported["Resource"] = options.Lambda(state.Activity!);
                    if (retry is { MaxAttempts: > 1 })
                        exported["Retry"] = new JsonArray(Retry(retry));
                    break;
                case StateType.Choice:
                    exported["Choices"] = new JsonArray([.. ways.Where(way => way.Kind == TransitionKind.Choice).Select(Choice)]);
                    Set(exported, "Default", ways.FirstOrDefault(way => way.Kind == TransitionKind.Default)?.To);
                    break;
                case StateType.Fail:
                    Set(exported, "Error", state.Error);
                    Set(exported, "Cause", state.Cause);
                    break;
                case StateType.Pass:
                    Set(exported, "Result", state.Result?.DeepClone());
                    break;
                case StateType.Wait:
                    Set(exported, "Seconds", state.Seconds);
                    Set(exported, "SecondsPath", state.SecondsPath);
                    Set(exported, "TimestampPath", state.TimestampPath);
                    break;
                case StateType.Parallel:
                    exported["Branches"] = new JsonArray([.. state.Branches!.Select(Flow)]);
                    break;
                case StateType.Map:
                    Set(exported, "ItemsPath", state.ItemsPath);
                    exported["ItemProcessor"] = Flow(state.ItemProcessor!);
                    break;
            }
            Set(exported, "ResultPath", state.ResultPath);
            if (ways.Where(way => way.Kind == TransitionKind.Catch).ToList() is { Count: > 0 } catches)
                exported["Catch"] = new JsonArray([.. catches.Select(Catch)]);
            if (ways.FirstOrDefault(way => way.Kind == TransitionKind.Next) is { } next)
                exported["Next"] = next.To;
            else if (state.Type is not (StateType.Choice or StateType.Fail or StateType.Succeed))
                exported["End"] = true;
            return exported;
        }
    }

    private static JsonObject Retry(RetryOptions retry) => new()
    {
        ["ErrorEquals"] = new JsonArray("States.TaskFailed"),
        // Whole seconds, and at least one.
        ["IntervalSeconds"] = (int)Math.Ceiling(retry.FirstDelaySeconds),
        // Step Functions counts the retries, we count the attempts.
        ["MaxAttempts"] = retry.MaxAttempts - 1,
        ["BackoffRate"] = retry.Backoff,
    };

    private static JsonObject Choice(WorkflowTransition way)
    {
        var rule = Condition(way.Condition!);
        rule["Next"] = way.To;
        return rule;
    }

    private static JsonObject Catch(WorkflowTransition way) => new()
    {
        ["ErrorEquals"] = new JsonArray([.. way.Errors!.Select(name => JsonValue.Create(name))]),
        ["ResultPath"] = "$.error",
        ["Next"] = way.To,
    };

    /// <summary>Its members are those of Amazon States Language, which begins them with a capital letter.</summary>
    private static JsonObject Condition(ChoiceCondition condition) =>
        (JsonObject)Capitalized(JsonSerializer.SerializeToNode(condition, DefinitionJson.Default.ChoiceCondition))!;

    private static JsonNode? Capitalized(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member =>
            KeyValuePair.Create(Words.Capitalized(member.Key), Capitalized(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Capitalized)]),
        _ => node?.DeepClone(),
    };

    private static void Set(JsonObject members, string name, JsonNode? value)
    {
        if (value is not null)
            members[name] = value;
    }
}

/// <summary>The JSON of a definition, generated when this is built.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkflowDefinition))]
public sealed partial class DefinitionJson : JsonSerializerContext;
