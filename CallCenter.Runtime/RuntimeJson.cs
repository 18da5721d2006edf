using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable.Text;

namespace CallCenter.Runtime;

/// <summary>How a runtime writes and reads payloads. Names are the types' own business (<c>[JsonPropertyName]</c>).</summary>
internal sealed class RuntimeJson
{
    public static readonly ReadOnlyMemory<byte> Null = "null"u8.ToArray();

    /// <summary>For texts, whatever a runtime knows beside them.</summary>
    public static readonly RuntimeJson Plain = new();

    private readonly List<IJsonTypeInfoResolver> _generated = [PlainJson.Default];
    private volatile JsonSerializerOptions _options;

    public RuntimeJson() => _options = Options();

    /// <summary>
    /// Takes generated code for the types that it knows,
    /// and reflection for all that none knows (in a trimmed program there is none). Of several, the first counts.
    /// </summary>
    public void Add(IJsonTypeInfoResolver generated)
    {
        if (_generated.Contains(generated))
            return;
        _generated.Insert(_generated.Count - 1, generated);
        _options = Options();
    }

    /// <summary>A text of an object, without reading the rest of it; null when it has none of that name.</summary>
    public static string? TextOf(ReadOnlySpan<byte> json, ReadOnlySpan<byte> member)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isWanted = reader.ValueTextEquals(member);
                reader.Read();
                if (isWanted)
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // No JSON, or no text (half a surrogate pair).
        }
        return null;
    }

    /// <summary>Writes a value as its own type says, whatever the static type is. A <see cref="JsonElement"/> stays as it is.</summary>
    public byte[] Write(object? value) => JsonText.Write(writer =>
    {
        if (value is null)
            writer.WriteNullValue();
        else
            JsonSerializer.Serialize(writer, value, _options.GetTypeInfo(value.GetType()));
    });

    public T? Read<T>(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T)));

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Trimming switches reflection off, and leaves that branch out.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Compiling ahead of time switches reflection off, and leaves that branch out.")]
    private JsonSerializerOptions Options() => new()
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(
            JsonSerializer.IsReflectionEnabledByDefault ? [.. _generated, new DefaultJsonTypeInfoResolver()] : [.. _generated]),
    };
}

/// <summary>What may come from outside of every process: events and reasons.</summary>
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
internal sealed partial class PlainJson : JsonSerializerContext;
