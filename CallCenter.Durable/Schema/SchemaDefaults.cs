using System.Text.Json;
using CallCenter.Durable.Settings;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Schema;

/// <summary>Reads the defaults of properties from a host's settings.</summary>
internal static class SchemaDefaults
{
    private static readonly Dictionary<string, bool> Booleans = new() { ["true"] = true, ["false"] = false };

    public static IReadOnlyList<SchemaProperty> Read(SettingsReader settings, string section, IReadOnlyList<SchemaProperty> properties) =>
        [.. properties.Select(property => property.IsRequired || property.IsInternal ? property : Read(settings, Name(section, property.Name), property))];

    private static string Name(string section, string name) => $"{(section.Length == 0 ? "" : section + ":")}{Words.Capitalized(name)}";

    private static SchemaProperty Read(SettingsReader settings, string name, SchemaProperty property)
    {
        if (property.Kind == SchemaKind.Nested)
        {
            var properties = Read(settings, name, property.Properties);
            // What is left out altogether and is null then stays null: only what is given in part takes these defaults.
            return property with { Properties = properties, Default = property.Default.ValueKind == JsonValueKind.Undefined ? default : Whole(properties) };
        }
        return settings.Text(name) is { } text ? property with { Default = JsonText.Element(Value(settings, name, text, property)) } : property;
    }

    private static Action<Utf8JsonWriter> Value(SettingsReader settings, string name, string text, SchemaProperty property)
    {
        switch (property.Kind)
        {
            case SchemaKind.Boolean:
                var boolean = settings.OneOf(name, Booleans, false);
                return writer => writer.WriteBooleanValue(boolean);
            case SchemaKind.WholeNumber:
                var integer = settings.WholeNumber(name, 0, ((int)property.Minimum, (int)property.Maximum));
                return writer => writer.WriteNumberValue(integer);
            case SchemaKind.Number:
                var number = settings.Number(name, 0, (property.Minimum, property.Maximum));
                return writer => writer.WriteNumberValue(number);
            case SchemaKind.Choice:
                var choice = settings.OneOf(name, property.Choices.ToDictionary(one => one.Name, one => one.Name), "");
                return writer => writer.WriteStringValue(choice);
            default:
                if (SchemaText.Fault(text, property) is { } fault)
                    throw new InvalidSettingException($"The setting {SettingsReader.Prefix}{name} {fault}");
                return writer => writer.WriteStringValue(text);
        }
    }

    /// <summary>An object of defaults, as its record would be written.</summary>
    private static JsonElement Whole(IReadOnlyList<SchemaProperty> properties) => JsonText.Element(writer =>
    {
        writer.WriteStartObject();
        foreach (var property in properties)
            property.WriteDefault(writer);
        writer.WriteEndObject();
    });
}
