using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Schema;

/// <summary>Reads the properties of a record once, when a host starts.</summary>
/// <param name="generated">The generated code for the record.</param>
internal sealed class SchemaBuilder(IJsonTypeInfoResolver? generated)
{
    private readonly JsonSerializerOptions _options = Options(generated is null ? [] : [generated]);
    private readonly List<Type> _within = [];

    public static string? TitleOf(Type type) => type.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName;

    public static string? DescriptionOf(Type type) => type.GetCustomAttribute<DescriptionAttribute>()?.Description;

    /// <summary>The properties of a type, with the defaults that an instance of it has.</summary>
    public IReadOnlyList<SchemaProperty> Properties(Type type, object? instance)
    {
        if (_within.Contains(type))
            throw new NotSupportedException($"{type.Name} contains itself: no form could show it.");
        // Asked first: without it trimming may have taken the constructor, and its absence would be blamed.
        var json = JsonOf(type);
        instance ??= Create(type);
        _within.Add(type);
        SchemaProperty[] properties = [.. json.Properties
            .Where(property => property is { Get: not null, Set: not null, IsExtensionData: false } && Ignored(property) != JsonIgnoreCondition.Always)
            .OrderBy(property => property.Order)
            .Select(property => Property(property, property.Get!(instance)))];
        _within.Remove(type);
        return properties;
    }

    private SchemaProperty Property(JsonPropertyInfo property, object? value)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var kind = KindOf(type, property);
        var ignored = Ignored(property);
        var range = Attribute<RangeAttribute>(property);
        return new SchemaProperty
        {
            Name = property.Name,
            Kind = kind,
            IsRequired = property.IsRequired && Attribute<InternalValueAttribute>(property) is null,
            IsInternal = Attribute<InternalValueAttribute>(property) is not null,
            Title = Attribute<DisplayNameAttribute>(property)?.DisplayName,
            Description = Attribute<DescriptionAttribute>(property)?.Description,
            Example = Attribute<ExampleAttribute>(property) is { } example ? Element(example.Value) : default,
            Default = value is null ? default : Element(value),
            Minimum = range is not null ? Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture)
                : kind == SchemaKind.WholeNumber ? int.MinValue : double.MinValue,
            Maximum = range is not null ? Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture)
                : kind == SchemaKind.WholeNumber ? int.MaxValue : double.MaxValue,
            MaxLength = Attribute<StringLengthAttribute>(property)?.MaximumLength ?? int.MaxValue,
            Text = Attribute<IdTextAttribute>(property) is not null ? TextRule.Id
                : Attribute<LinesTextAttribute>(property) is not null ? TextRule.Lines : TextRule.Line,
            ShownWhen = Attribute<ShownWhenAttribute>(property),
            Choices = kind == SchemaKind.Choice ? Choices(type) : [],
            Properties = kind == SchemaKind.Nested ? Properties(type, value) : [],
            OmitsNull = value is null || ignored is JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault,
            Omitted = ignored == JsonIgnoreCondition.WhenWritingDefault ? OmittedOf(property.PropertyType, kind, type) : default,
        };
    }

    private SchemaKind KindOf(Type type, JsonPropertyInfo property)
    {
        if (type == typeof(string))
            return SchemaKind.Text;
        if (type == typeof(bool))
            return SchemaKind.Boolean;
        if (type == typeof(int))
            return SchemaKind.WholeNumber;
        if (type == typeof(double))
            return SchemaKind.Number;
        if (type.IsEnum)
            return SchemaKind.Choice;
        return type.IsClass && _options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object
            ? SchemaKind.Nested
            : throw new NotSupportedException(
                $"'{property.Name}' is of the type {type.Name}. A property may be a string, a bool, an int, a double, an enum, or a class of such properties.");
    }

    private JsonTypeInfo JsonOf(Type type) => _options.TryGetTypeInfo(type, out var json) ? json : throw new NotSupportedException(
        $"{type.Name} has no generated JSON code, and a trimmed program cannot fall back on reflection. "
        + $"Give the workflow a JsonSerializerContext with [JsonSerializable(typeof({type.Name}))] as its GeneratedJson.");

    /// <summary>The value of the type itself that is not written, if it has one that is not null.</summary>
    private JsonElement OmittedOf(Type declared, SchemaKind kind, Type type) => Nullable.GetUnderlyingType(declared) is not null ? default : kind switch
    {
        SchemaKind.Boolean => Element(false),
        SchemaKind.WholeNumber => Element(0),
        SchemaKind.Number => Element(0.0),
        SchemaKind.Choice => Element(Enum.ToObject(type, 0)),
        _ => default,
    };

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Trimming leaves an enum its fields.")]
    private SchemaChoice[] Choices(Type type) =>
    [
        .. from object number in Enum.GetValuesAsUnderlyingType(type)
           let value = Enum.ToObject(type, number)
           let name = Element(value) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw new NotSupportedException(
               $"{type.Name} is written as a number, which says nothing. Give it [JsonConverter(typeof(JsonStringEnumConverter<{type.Name}>))].")
           let shown = type.GetField(Enum.GetName(type, value)!)?.GetCustomAttribute<DisplayAttribute>()
           select new SchemaChoice(name, shown?.Name, shown?.Description),
    ];

    private JsonElement Element(object value) => JsonText.Element(writer => JsonSerializer.Serialize(writer, value, _options.GetTypeInfo(value.GetType())));

    private static JsonIgnoreCondition Ignored(JsonPropertyInfo property) => Attribute<JsonIgnoreAttribute>(property)?.Condition ?? JsonIgnoreCondition.Never;

    private static T? Attribute<T>(JsonPropertyInfo property)
        where T : Attribute =>
        property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true) is [T attribute, ..] ? attribute : null;

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "The generated code for the type calls the constructor, so trimming leaves it there.")]
    private static object Create(Type type)
    {
        try
        {
            return Activator.CreateInstance(type)!;
        }
        catch (MissingMethodException missing)
        {
            throw new NotSupportedException(
                $"{type.Name} has no constructor without parameters, which would set its defaults. Write its members as properties.", missing);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Trimming switches reflection off, and leaves that branch out.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Compiling ahead of time switches reflection off, and leaves that branch out.")]
    private static JsonSerializerOptions Options(IJsonTypeInfoResolver[] generated) => new()
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(
            JsonSerializer.IsReflectionEnabledByDefault ? [.. generated, new DefaultJsonTypeInfoResolver()] : generated),
    };
}
