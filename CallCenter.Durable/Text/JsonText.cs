using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CallCenter.Durable.Text;

/// <summary>JSON as this contract writes it: compact, and readable whatever the language.</summary>
public static class JsonText
{
    // Safe because every answer says its type and forbids sniffing; nothing is written into HTML. Said to the writer, because generated code
    // takes no options that say it.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static Pen? _spare;

    /// <summary>What is written, as UTF-8.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        // Not in its place while it is in use, for who writes may well write something of its own; nor after a failure.
        var pen = _spare ?? new Pen();
        _spare = null;
        write(pen.Writer);
        var json = pen.Finish();
        _spare = pen;
        return json;
    }

    /// <summary>What is written, to be read.</summary>
    public static JsonElement Element(Action<Utf8JsonWriter> write) => JsonElement.Parse(Write(write));

    /// <summary>Reads what a runtime gave; null when it is no JSON.</summary>
    public static JsonDocument? TryParse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A value byte for byte as it was read.</summary>
    public static void WriteVerbatim(this Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    /// <summary>What a runtime gave under a name: JSON as it is, any other text as a string.</summary>
    public static void WriteJsonOrText(this Utf8JsonWriter writer, string name, string? text)
    {
        using var parsed = TryParse(text);
        writer.WriteParsedOrText(name, parsed, text);
    }

    /// <summary>The same for what has been parsed already.</summary>
    public static void WriteParsedOrText(this Utf8JsonWriter writer, string name, JsonDocument? parsed, string? text)
    {
        writer.WritePropertyName(name);
        if (parsed is not null)
            writer.WriteVerbatim(parsed.RootElement);
        else if (text is null)
            writer.WriteNullValue();
        else
            writer.WriteStringValue(text);
    }

    /// <summary>A string of an object, or null when there is none of that name, or it is no text.</summary>
    public static string? StringOf(this JsonElement element, string name) => element.Of(name)?.AsText();

    /// <summary>A whole number of an object, or null.</summary>
    public static int? IntegerOf(this JsonElement element, string name) =>
        element.Of(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>A property of an object, or null when it has none of that name, or is no object at all.</summary>
    public static JsonElement? Of(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // The name of another property is no text: then it is no object of ours.
            return null;
        }
    }

    /// <summary>The member of an object that is called like one of another, or null.</summary>
    public static JsonElement? Of(this JsonElement element, JsonProperty like)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(like);
        var has = name.Contains((byte)'\\') ? element.TryGetProperty(like.Name, out var value) : element.TryGetProperty(name, out value);
        return has ? value : null;
    }

    /// <summary>True when two members have the same name.</summary>
    public static bool IsCalledLike(this JsonProperty member, JsonProperty other)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(other);
        return name.Contains((byte)'\\') ? member.NameEquals(other.Name) : member.NameEquals(name);
    }

    /// <summary>The text of a string, or null when it is none, or no text (half a surrogate pair).</summary>
    public static string? AsText(this JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The name of a property, or null when it is no text.</summary>
    public static string? NameAsText(this JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>True when the property has this name, as UTF-8. One whose name is no text has none.</summary>
    public static bool IsCalled(this JsonProperty property, ReadOnlySpan<byte> name)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return raw.Contains((byte)'\\') ? property.NameAsText() is { } text && Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(name) : raw.SequenceEqual(name);
    }

    /// <summary>Writes the name of a property, unless it is no text.</summary>
    /// <returns>False when nothing was written.</returns>
    public static bool TryWriteName(this Utf8JsonWriter writer, JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (!raw.Contains((byte)'\\'))
        {
            writer.WritePropertyName(raw);
            return true;
        }
        if (property.NameAsText() is not { } name)
            return false;
        writer.WritePropertyName(name);
        return true;
    }

    private sealed class Pen
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(1024);

        public Pen() => Writer = new Utf8JsonWriter(_buffer, Options);

        public Utf8JsonWriter Writer { get; }

        public byte[] Finish()
        {
            Writer.Flush();
            var json = _buffer.WrittenSpan.ToArray();
            _buffer.ResetWrittenCount();
            Writer.Reset();
            return json;
        }
    }
}
