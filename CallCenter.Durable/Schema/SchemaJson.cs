using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Schema;

/// <summary>Writes a schema as JSON Schema: what <see cref="SchemaReader"/> holds bodies to, and what forms need.</summary>
internal static class SchemaJson
{
    public static JsonObject Of(string? title, string? description, IReadOnlyList<SchemaProperty> properties)
    {
        var known = properties.Where(property => !property.IsInternal).ToArray();
        var json = new JsonObject { ["type"] = "object" };
        Describe(json, title, description);
        if (known.Any(property => property.IsRequired))
            json["required"] = Array(known.Where(property => property.IsRequired).Select(property => (JsonNode)property.Name));
        json["properties"] = new JsonObject(known.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)Of(property))));
        json["additionalProperties"] = false;
        return json;
    }

    /// <summary>The smallest object that is right.</summary>
    public static JsonElement Example(IReadOnlyList<SchemaProperty> properties) => JsonText.Element(writer =>
    {
        writer.WriteStartObject();
        foreach (var property in properties.Where(property => property.IsRequired))
        {
            writer.WritePropertyName(property.Written);
            writer.WriteVerbatim(Example(property));
        }
        writer.WriteEndObject();
    });

    private static JsonObject Of(SchemaProperty property)
    {
        if (property.Kind == SchemaKind.Nested)
            return Of(property.Title, property.Description, property.Properties);
        var json = new JsonObject { ["type"] = TypeOf(property.Kind) };
        Describe(json, property.Title, property.Description);
        if (property.Kind == SchemaKind.Choice)
            DescribeChoices(json, property.Choices);
        if (property.Kind is SchemaKind.WholeNumber or SchemaKind.Number)
            DescribeRange(json, property);
        if (property.Kind == SchemaKind.Text)
            DescribeText(json, property);
        if (property is { IsRequired: false, Default.ValueKind: not JsonValueKind.Undefined })
            json["default"] = Node(property.Default);
        if (property.ShownWhen is { } shown)
            json["x-shown-when"] = new JsonObject { [shown.Member] = shown.Value };
        if (property.Example.ValueKind != JsonValueKind.Undefined)
            json["examples"] = Array([Node(property.Example)]);
        return json;
    }

    private static string TypeOf(SchemaKind kind) => kind switch
    {
        SchemaKind.Boolean => "boolean",
        SchemaKind.WholeNumber => "integer",
        SchemaKind.Number => "number",
        _ => "string",
    };

    private static void Describe(JsonObject json, string? title, string? description)
    {
        if (title is not null)
            json["title"] = title;
        if (description is not null)
            json["description"] = description;
    }

    private static void DescribeChoices(JsonObject json, IReadOnlyList<SchemaChoice> choices)
    {
        json["enum"] = Array(choices.Select(choice => (JsonNode)choice.Name));
        if (choices.All(choice => (choice.Title ?? choice.Description) is null))
            return;
        json["x-choices"] = Array(choices.Select(choice =>
        {
            var shown = new JsonObject { ["const"] = choice.Name };
            Describe(shown, choice.Title, choice.Description);
            return shown;
        }));
    }

    private static void DescribeRange(JsonObject json, SchemaProperty property)
    {
        var whole = property.Kind == SchemaKind.WholeNumber;
        if (property.Minimum > (whole ? int.MinValue : double.MinValue))
            json["minimum"] = property.Minimum;
        if (property.Maximum < (whole ? int.MaxValue : double.MaxValue))
            json["maximum"] = property.Maximum;
    }

    private static void DescribeText(JsonObject json, SchemaProperty property)
    {
        if (property.IsRequired)
            json["minLength"] = 1;
        if (property.MaxLength < int.MaxValue)
            json["maxLength"] = property.MaxLength;
        json["x-text"] = property.Text switch
        {
            TextRule.Id => "id",
            TextRule.Lines => "lines",
            _ => "line",
        };
    }

    private static JsonElement Example(SchemaProperty property) => property switch
    {
        { Example.ValueKind: not JsonValueKind.Undefined } => property.Example,
        { Kind: SchemaKind.Nested } => Example(property.Properties),
        _ => JsonText.Element(writer =>
        {
            if (property.Kind == SchemaKind.Boolean)
                writer.WriteBooleanValue(true);
            else if (property.Kind is SchemaKind.WholeNumber or SchemaKind.Number)
                writer.WriteNumberValue(Math.Clamp(1, property.Minimum, property.Maximum));
            else
                writer.WriteStringValue(property.Kind == SchemaKind.Choice ? property.Choices[0].Name : "...");
        }),
    };

    private static JsonArray Array(IEnumerable<JsonNode?> nodes) => new([.. nodes]);

    private static JsonValue? Node(JsonElement value) => JsonValue.Create(value);
}
