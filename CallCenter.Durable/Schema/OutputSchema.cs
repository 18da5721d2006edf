using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CallCenter.Durable.Schema;

/// <summary>What a workflow gives out, as JSON Schema (draft 2020-12): what is written, and not what could be read.</summary>
public static class OutputSchema
{
    /// <summary>The schema of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="json">How it is written.</param>
    /// <param name="place">Where the schema will stand in its document, as a JSON pointer (<c>#/components/schemas/Order</c>).</param>
    /// <exception cref="NotSupportedException">The type cannot be written as JSON.</exception>
    public static JsonNode Of(Type type, JsonSerializerOptions json, string place = "#")
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = AsWritten };
        var schema = json.GetJsonSchemaAsNode(type, options);
        Move(schema, place);
        return schema;
    }

    private static JsonNode AsWritten(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject known)
            return schema;
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && known.ContainsKey("properties"))
        {
            known.Remove("required");
            known["required"] = new JsonArray([.. context.TypeInfo.Properties
                .Where(property => property.Get is not null && Omitted(property) == JsonIgnoreCondition.Never)
                .Select(property => (JsonNode)property.Name)]);
        }
        if (context.PropertyInfo is not { } member || context.BaseTypeInfo is not null)
            return schema;
        if (Omitted(member) != JsonIgnoreCondition.Never && known["type"] is JsonArray types
            && types.Where(name => name!.GetValue<string>() != "null").ToArray() is [var only])
            known["type"] = only!.DeepClone();
        if (Attribute<DescriptionAttribute>(member) is { } description)
            known["description"] = description.Description;
        return schema;
    }

    private static JsonIgnoreCondition Omitted(JsonPropertyInfo property) => Attribute<JsonIgnoreAttribute>(property)?.Condition ?? JsonIgnoreCondition.Never;

    private static T? Attribute<T>(JsonPropertyInfo property)
        where T : Attribute =>
        property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true) is [T attribute, ..] ? attribute : null;

    /// <summary>A type that holds itself is written once and pointed at, from the root of its document.</summary>
    private static void Move(JsonNode? node, string place)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Move(item, place);
        }
        else if (node is JsonObject members)
        {
            foreach (var (_, member) in members)
                Move(member, place);
            if (members["$ref"] is JsonValue pointer && pointer.GetValueKind() == JsonValueKind.String)
                members["$ref"] = place + pointer.GetValue<string>()[1..];
        }
    }
}
