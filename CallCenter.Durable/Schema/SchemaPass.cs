using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CallCenter.Durable.Settings;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Schema;

/// <summary>One reading of a body. It notes everything that is wrong: a caller should not have to find the faults one by one.</summary>
internal sealed class SchemaPass(Utf8JsonWriter writer, List<FieldError> errors)
{
    private const int MostErrors = 20;

    /// <summary>Whether anything is wrong; what was written is of no use then.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>What a value is, in words.</summary>
    public static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    public void Object(JsonElement element, IReadOnlyList<SchemaProperty> properties, string path)
    {
        var values = Values(element, properties, path);
        writer.WriteStartObject();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].ValueKind != JsonValueKind.Undefined)
                Property(properties[i], values[i], path);
            else if (properties[i].IsRequired)
                Add(path, properties[i].Name, $"'{path}{properties[i].Name}' is missing. {SchemaText.Wanted(properties[i])}");
            else
                properties[i].WriteDefault(writer);
        }
        writer.WriteEndObject();
    }

    /// <summary>The values of the properties, in their order.</summary>
    private JsonElement[] Values(JsonElement element, IReadOnlyList<SchemaProperty> properties, string path)
    {
        var values = new JsonElement[properties.Count];
        foreach (var member in element.EnumerateObject())
        {
            var at = IndexOf(member, properties);
            if (at < 0)
                AddUnknown(member.NameAsText(), properties, path);
            else if (values[at].ValueKind == JsonValueKind.Undefined)
                values[at] = member.Value;
            else
                Add(path, properties[at].Name, $"'{path}{properties[at].Name}' is given twice. Give it once.");
        }
        return values;
    }

    private static int IndexOf(JsonProperty member, IReadOnlyList<SchemaProperty> properties)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        var name = raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(member.NameAsText() ?? "") : raw;
        for (var i = 0; i < properties.Count; i++)
        {
            if (!properties[i].IsInternal && name.SequenceEqual(properties[i].Utf8Name))
                return i;
        }
        return -1;
    }

    private void AddUnknown(string? name, IReadOnlyList<SchemaProperty> properties, string path)
    {
        if (!IsFull())
        {
            var hint = Nearest.Hint(name, [.. properties.Where(known => !known.IsInternal).Select(known => known.Name)]);
            Add(path, name ?? "?", $"The property '{Excerpt.Short(path + (name ?? "?"))}' is not known. {hint}");
        }
    }

    private void Property(SchemaProperty property, JsonElement value, string path)
    {
        switch (property.Kind)
        {
            case SchemaKind.Text:
                Text(property, value, path);
                break;
            case SchemaKind.Boolean when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                if (property.Omitted.ValueKind != value.ValueKind)
                    writer.WriteBoolean(property.Written, value.GetBoolean());
                break;
            case SchemaKind.WholeNumber when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && IsWithin(property, number):
                if (number != 0 || property.Omitted.ValueKind == JsonValueKind.Undefined)
                    writer.WriteNumber(property.Written, number);
                break;
            case SchemaKind.Number when value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && IsWithin(property, number):
                if (number != 0 || property.Omitted.ValueKind == JsonValueKind.Undefined)
                    writer.WriteNumber(property.Written, number);
                break;
            case SchemaKind.Choice when ChoiceOf(property, value) is { } choice:
                if (property.Omitted.AsText() != choice)
                    writer.WriteString(property.Written, choice);
                break;
            case SchemaKind.Nested when value.ValueKind == JsonValueKind.Object:
                writer.WritePropertyName(property.Written);
                Object(value, property.Properties, $"{path}{property.Name}.");
                break;
            case SchemaKind.Boolean:
                Add(path, property.Name, $"'{path}{property.Name}' must be true or false, not {KindOf(value)}.");
                break;
            case SchemaKind.Nested:
                Add(path, property.Name, $"'{path}{property.Name}' must be an object, not {KindOf(value)}.");
                break;
            default:
                Add(path, property.Name, $"'{path}{property.Name}' must be {SchemaText.Range(property)}{Not(value)}.");
                break;
        }
    }

    private void Text(SchemaProperty property, JsonElement value, string path)
    {
        var text = value.AsText();
        var fault = value.ValueKind != JsonValueKind.String ? $"must be a string, not {KindOf(value)}."
            : text is null ? "contains half a surrogate pair, which is not valid text."
            : property.IsRequired && string.IsNullOrWhiteSpace(text) ? $"is blank. {SchemaText.Wanted(property)}"
            : text.Length == 0 ? null
            : SchemaText.Fault(text, property);
        if (fault is not null)
            Add(path, property.Name, $"'{path}{property.Name}' {fault}");
        else if (text is "")
            property.WriteDefault(writer);
        else
            writer.WriteString(property.Written, text);
    }

    private static string? ChoiceOf(SchemaProperty property, JsonElement value)
    {
        var text = value.AsText();
        foreach (var choice in property.Choices)
        {
            if (choice.Name == text)
                return choice.Name;
        }
        return null;
    }

    private static bool IsWithin(SchemaProperty property, double number) => number >= property.Minimum && number <= property.Maximum;

    private bool IsFull()
    {
        IsWrong = true;
        return errors.Count >= MostErrors;
    }

    private void Add(string path, string name, string message)
    {
        if (!IsFull())
            errors.Add(new FieldError(Excerpt.Short(path + name), message));
    }

    private static string Not(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? $", not {Excerpt.Short(value.GetRawText())}" : $", not {KindOf(value)}";
}
