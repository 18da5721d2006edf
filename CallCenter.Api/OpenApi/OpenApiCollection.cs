using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Api.Workflows;
using CallCenter.Durable;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Text;

namespace CallCenter.Api.OpenApi;

/// <summary>What the OpenAPI document says of one workflow.</summary>
internal static class OpenApiCollection
{
    /// <summary>The workflow's part, and one for each of its events.</summary>
    public static IEnumerable<JsonObject> Of(ServedWorkflow served, IReadOnlyList<ServedWorkflow> workflows, bool figures)
    {
        var workflow = served.Workflow;
        var item = Words.Capitalized(workflow.Item);
        var payload = PayloadName(workflow.Output, item, workflows);
        var tokens = new Dictionary<string, JsonNode?>
        {
            ["item"] = workflow.Item,
            ["Item"] = item,
            ["one"] = workflow.One(),
            ["collection"] = workflow.Collection,
            ["Collection"] = Words.Capitalized(workflow.Collection),
            ["key"] = workflow.Key?.Name,
            ["keyParameter"] = workflow.Key is { } known ? KeyParameter(known, workflow.Collection) : null,
            ["timedOut"] = served.Events.Count > 0 ? "timedOut" : null,
            ["taskToken"] = served.Events.Count > 0 ? "taskToken" : null,
            ["input"] = OpenApiTexts.Explained(served.Input.Json),
            ["example"] = JsonNode.Parse(served.Input.Example),
            ["Payload"] = payload,
            ["payload"] = OutputSchema.Of(workflow.Output, workflow.Json.SerializerOptions, $"#/components/schemas/{payload}"),
        };
        var collection = OpenApiTemplate.Fill("collection.json", tokens);
        var step = collection["schemas"]![$"{item}Step"]!["properties"]!.AsObject();
        foreach (var (name, schema) in served.Events.SelectMany(Published))
            step[name] = schema;
        JsonObject[] more = figures ? [OpenApiTemplate.Fill("figures.json", tokens)] : [];
        return [collection, .. more, .. served.Events.Select(expected => Event(expected, served, tokens, item))];
    }

    private static JsonObject KeyParameter(BusinessKey key, string collection) => new()
    {
        ["name"] = key.Name,
        ["in"] = "query",
        ["description"] = $"Only {collection} whose key contains this, ignoring case and blanks.",
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Event(ServedEvent expected, ServedWorkflow served, Dictionary<string, JsonNode?> tokens, string item)
    {
        var (definition, type) = (expected.Definition, expected.Definition.Payload.Name);
        return OpenApiTemplate.Fill("event.json", new(tokens)
        {
            ["operation"] = served.OperationOf(expected),
            ["path"] = definition.Path,
            ["from"] = definition.From,
            ["Answer"] = type.StartsWith(item, StringComparison.Ordinal) ? type : item + type,
            ["answer"] = OpenApiTexts.Explained(expected.Schema.Json),
            ["example"] = JsonNode.Parse(Example(expected)),
        });
    }

    /// <summary>A good answer: to one attempt, and with a name.</summary>
    private static string Example(ServedEvent expected)
    {
        using var smallest = JsonDocument.Parse(expected.Schema.Example);
        return expected.Schema.With(smallest.RootElement, ("attempt", 1), (expected.Definition.By ?? "", "Ada")).GetRawText();
    }

    /// <summary>
    /// The payload goes by its type's name where that says whose it is (<c>RushOrder</c>, of an order). One that is called like what is
    /// served itself would take the place of the whole instance.
    /// </summary>
    private static string PayloadName(Type type, string item, IReadOnlyList<ServedWorkflow> workflows) =>
        type.Name.EndsWith(item, StringComparison.Ordinal) && !workflows.Any(served => Words.Capitalized(served.Workflow.Item) == type.Name)
            ? type.Name
            : item + "Payload";

    /// <summary>What a step shows of the answer that it took. No limits: an answer may come by other ways than the contract.</summary>
    private static IEnumerable<KeyValuePair<string, JsonNode>> Published(ServedEvent expected)
    {
        var properties = expected.Schema.Json["properties"]!.AsObject();
        foreach (var name in expected.Published)
        {
            if (properties[name] is JsonObject schema)
            {
                var shown = schema.Where(word => word.Key is "type" or "description").Select(word => KeyValuePair.Create(word.Key, word.Value?.DeepClone()));
                yield return new(name, new JsonObject(shown));
            }
        }
    }
}
