using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Schema;

/// <summary>What a property holds.</summary>
public enum SchemaKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 32 bits.</summary>
    WholeNumber,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One of some names.</summary>
    Choice,

    /// <summary>An object with properties of its own.</summary>
    Nested,
}

/// <summary>What may stand in a text.</summary>
public enum TextRule
{
    /// <summary>One line of visible characters.</summary>
    Line,

    /// <summary>The same with tabs and new lines.</summary>
    Lines,

    /// <summary>A name of something: see <see cref="IdTextAttribute"/>.</summary>
    Id,
}

/// <summary>One of the names that a property may hold.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Title">Its label in a form, from <c>[Display(Name)]</c>; null without.</param>
/// <param name="Description">What it means, from <c>[Display(Description)]</c>; null without.</param>
public sealed record SchemaChoice(string Name, string? Title, string? Description);

/// <summary>A property of an input or of an event, as its record's attributes describe it.</summary>
public sealed record SchemaProperty
{
    /// <summary>Its name in JSON.</summary>
    public required string Name
    {
        get;
        init
        {
            field = value;
            Written = JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
            Utf8Name = Encoding.UTF8.GetBytes(value);
        }
    }

    /// <summary>What it holds.</summary>
    public required SchemaKind Kind { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether the program fills it in (<see cref="InternalValueAttribute"/>).</summary>
    public bool IsInternal { get; init; }

    /// <summary>Its label in a form, from <c>[DisplayName]</c>.</summary>
    public string? Title { get; init; }

    /// <summary>What it is, from <c>[Description]</c>.</summary>
    public string? Description { get; init; }

    /// <summary>The smallest value that is right, from <see cref="ExampleAttribute"/> or from the type; undefined when there is none to show.</summary>
    public JsonElement Example { get; init; }

    /// <summary>What it holds where it is left out; undefined when it is null then.</summary>
    public JsonElement Default { get; init; }

    /// <summary>The least that a number may be.</summary>
    public double Minimum { get; init; } = double.MinValue;

    /// <summary>The most that a number may be.</summary>
    public double Maximum { get; init; } = double.MaxValue;

    /// <summary>The longest that a text may be, in UTF-16 characters.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>What may stand in a text.</summary>
    public TextRule Text { get; init; }

    /// <summary>Where it matters; null for everywhere.</summary>
    public ShownWhenAttribute? ShownWhen { get; init; }

    /// <summary>The names of a choice.</summary>
    public IReadOnlyList<SchemaChoice> Choices { get; init; } = [];

    /// <summary>The properties of an object.</summary>
    public IReadOnlyList<SchemaProperty> Properties { get; init; } = [];

    /// <summary>Whether it is not written when it is null.</summary>
    internal bool OmitsNull { get; init; }

    /// <summary>The value that is not written either (of <c>[JsonIgnore(WhenWritingDefault)]</c>); undefined when all others are.</summary>
    internal JsonElement Omitted { get; init; }

    /// <summary>The name, ready to be written.</summary>
    internal JsonEncodedText Written { get; private init; }

    /// <summary>The name, to be compared.</summary>
    internal byte[] Utf8Name { get; private init; } = [];

    /// <summary>Writes it as its record does where it was left out.</summary>
    internal void WriteDefault(Utf8JsonWriter writer)
    {
        if (Default.ValueKind == JsonValueKind.Undefined)
        {
            if (!OmitsNull)
                writer.WriteNull(Written);
        }
        else if (Omitted.ValueKind == JsonValueKind.Undefined || !JsonElement.DeepEquals(Default, Omitted))
        {
            writer.WritePropertyName(Written);
            writer.WriteVerbatim(Default);
        }
    }
}
