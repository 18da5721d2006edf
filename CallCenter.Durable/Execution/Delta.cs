using System.Text.Json;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Execution;

/// <summary>
/// What a step changed in the payload, as JSON: <c>{"Message":{"+":"assigned..."},"Status":1}</c>. A member that is new or other has its
/// value, one whose text only grew has <c>{"+":"the rest"}</c>, one that went is null. A value that would be mistaken for one of those (an
/// object, or null) stands in <c>{"=":value}</c>. A payload that is no object, or was none, is replaced as a whole: <c>[value]</c>.
/// </summary>
public static class Delta
{
    internal const string Grown = "+";
    internal const string Set = "=";

    /// <summary>Writes what turns one payload into another.</summary>
    /// <param name="writer">Where the delta goes.</param>
    /// <param name="before">The payload before; null when there was none.</param>
    /// <param name="after">The payload after.</param>
    public static void Write(Utf8JsonWriter writer, JsonElement? before, JsonElement after)
    {
        if (after.ValueKind != JsonValueKind.Object || !KeepsOrder(before, after))
        {
            writer.WriteStartArray();
            after.WriteTo(writer);
            writer.WriteEndArray();
            return;
        }
        writer.WriteStartObject();
        var behindNew = false;
        foreach (var member in after.EnumerateObject())
        {
            JsonElement? old = before is { } known && known.TryGetProperty(member.Name, out var found) ? found : null;
            // A new member stands before the one that follows it here, which is therefore said too, changed or not.
            if (old is null || behindNew || !JsonElement.DeepEquals(old.Value, member.Value))
                WriteChange(writer, member, old);
            behindNew = old is null;
        }
        foreach (var member in before?.EnumerateObject() ?? default)
        {
            if (!after.TryGetProperty(member.Name, out _))
                writer.WriteNull(member.Name);
        }
        writer.WriteEndObject();
    }

    /// <summary>The same as a value.</summary>
    public static JsonElement Of(JsonElement? before, JsonElement after) => JsonText.Element(writer => Write(writer, before, after));

    private static bool KeepsOrder(JsonElement? before, JsonElement after)
    {
        if (before is not { } old)
            return true;
        if (old.ValueKind != JsonValueKind.Object)
            return false;
        var behind = old.EnumerateObject();
        foreach (var member in after.EnumerateObject())
        {
            var name = member.Name;
            if (!old.TryGetProperty(name, out _))
                continue;
            do
            {
                if (!behind.MoveNext())
                    return false;
            }
            while (!behind.Current.NameEquals(name));
        }
        return true;
    }

    private static void WriteChange(Utf8JsonWriter writer, JsonProperty member, JsonElement? old)
    {
        writer.WritePropertyName(member.Name);
        if (old is { } known && Rest(known, member.Value) is { } rest)
        {
            writer.WriteStartObject();
            writer.WriteString(Grown, rest);
            writer.WriteEndObject();
        }
        else if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Null)
        {
            writer.WriteStartObject();
            writer.WritePropertyName(Set);
            member.Value.WriteTo(writer);
            writer.WriteEndObject();
        }
        else
        {
            member.Value.WriteTo(writer);
        }
    }

    /// <summary>What a text has grown by; null when it did something else.</summary>
    private static string? Rest(JsonElement old, JsonElement value) =>
        old.ValueKind == JsonValueKind.String && value.ValueKind == JsonValueKind.String
        && old.GetString() is { Length: > 0 } start && value.GetString()!.StartsWith(start, StringComparison.Ordinal)
            ? value.GetString()![start.Length..]
            : null;
}
