using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable.Settings;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Schema;

/// <summary>
/// What an input or an event may hold, told once by its record: names, types, <c>required</c>, default values, <c>[Range]</c>, <c>[StringLength]</c>,
/// <c>[DisplayName]</c>, <c>[Description]</c>, <see cref="ExampleAttribute"/>, <see cref="IdTextAttribute"/>, <see cref="LinesTextAttribute"/> and
/// <see cref="InternalValueAttribute"/>. Bodies are checked by it (<see cref="SchemaReader"/>), and documents and forms are made of it (<see cref="Json"/>).
/// </summary>
public sealed class InputSchema
{
    private InputSchema(string? title, string? description, IReadOnlyList<SchemaProperty> properties) =>
        (Title, Description, Properties) = (title, description, properties);

    /// <summary>The record's label, from <c>[DisplayName]</c>.</summary>
    public string? Title { get; }

    /// <summary>What the record is, from <c>[Description]</c>.</summary>
    public string? Description { get; }

    /// <summary>The properties in the order of the record, those among them that only the program fills in.</summary>
    public IReadOnlyList<SchemaProperty> Properties { get; }

    /// <summary>The smallest body that is right, as JSON text.</summary>
    public string Example => field ??= SchemaJson.Example(Properties).GetRawText();

    /// <summary>The JSON Schema (draft 2020-12) of a body. A new object each time, so that it may become part of another.</summary>
    public JsonObject Json => SchemaJson.Of(Title, Description, Properties);

    /// <summary>The schema of a record.</summary>
    /// <param name="type">
    /// A class whose properties are strings, booleans, <c>int</c>, <c>double</c>, enums written as names, or such classes, nullable or not. It has
    /// a constructor without parameters: what it sets are the defaults.
    /// </param>
    /// <param name="json">The generated code for the type. Without it reflection is asked, of which a trimmed program has none.</param>
    /// <exception cref="NotSupportedException">A property is of another type.</exception>
    public static InputSchema Of(Type type, IJsonTypeInfoResolver? json = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        var builder = new SchemaBuilder(json);
        return new InputSchema(SchemaBuilder.TitleOf(type), SchemaBuilder.DescriptionOf(type), builder.Properties(type, null));
    }

    /// <summary>The same schema with the defaults that a host's settings give it.</summary>
    /// <param name="settings">
    /// Asked for every property that may be left out: <c>CallCenter:WorkMode</c> for <c>workMode</c>, <c>CallCenter:Retry:MaxAttempts</c> for
    /// <c>retry.maxAttempts</c>.
    /// </param>
    /// <param name="section">What stands before these names, such as <c>Tickets</c>; empty for nothing.</param>
    /// <exception cref="InvalidSettingException">A value is wrong: the host should not start.</exception>
    public InputSchema WithDefaults(SettingsReader settings, string section = "") =>
        new(Title, Description, SchemaDefaults.Read(settings, section, Properties));

    /// <summary>A value with some of its members set, which whoever sent it does not know or has no say in.</summary>
    /// <param name="value">What was read by this schema.</param>
    /// <param name="members">Names, and texts or whole numbers.</param>
    public JsonElement With(JsonElement value, params (string Name, object Value)[] members) => JsonText.Element(writer =>
    {
        writer.WriteStartObject();
        foreach (var property in Properties)
        {
            var set = Array.Find(members, member => member.Name == property.Name).Value;
            if (set is null && value.Of(property.Name) is not { })
                continue;
            writer.WritePropertyName(property.Written);
            if (set is int number)
                writer.WriteNumberValue(number);
            else if (set is not null)
                writer.WriteStringValue((string)set);
            else
                writer.WriteVerbatim(value.GetProperty(property.Name));
        }
        writer.WriteEndObject();
    });
}
