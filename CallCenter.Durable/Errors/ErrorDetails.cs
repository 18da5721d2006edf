using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenter.Durable.Errors;

/// <summary>An error as data: exception objects never cross a runtime.</summary>
/// <param name="Type">The full name of the exception's type, or its <see cref="ErrorNameAttribute"/>.</param>
/// <param name="Message">Its message.</param>
public sealed record ErrorDetails(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("message")] string Message)
{
    private static readonly ConcurrentDictionary<Type, string> Names = [];

    /// <summary>The data of an exception.</summary>
    public static ErrorDetails From(Exception error) => new(NameOf(error.GetType()), error.Message);

    /// <summary>The name that an exception's type is known by.</summary>
    public static string NameOf(Type type) => Names.GetOrAdd(type, one => one.GetCustomAttribute<ErrorNameAttribute>()?.Name ?? one.FullName ?? one.Name);

    /// <summary>Writes an error, or null.</summary>
    public static void Write(Utf8JsonWriter writer, ErrorDetails? error)
    {
        if (error is null)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("type", error.Type);
        writer.WriteString("message", error.Message);
        writer.WriteEndObject();
    }
}
