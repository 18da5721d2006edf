using System.Runtime.InteropServices;
using System.Text;
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
            var old = before?.Of(member);
            // A new member stands before the one that follows it here, which is therefore said too, changed or not.
            if (old is null || behindNew || !Same(old.Value, member.Value))
                WriteChange(writer, member, old);
            behindNew = old is null;
        }
        foreach (var member in before?.EnumerateObject() ?? default)
        {
            if (after.Of(member) is null)
                writer.WriteNull(member.Name);
        }
        writer.WriteEndObject();
    }

    /// <summary>At least as many characters of escaped JSON as the delta takes, see <see cref="StatusLimit.Length(JsonElement)"/>; it is not written for that.</summary>
    internal static int Most(JsonElement? before, JsonElement after) => Most(after, "{'=':}".Length) + (before is { } old ? Most(old, "null,".Length) : 0);

    /// <summary>The same as a value.</summary>
    public static JsonElement Of(JsonElement? before, JsonElement after) => JsonText.Element(writer => Write(writer, before, after));

    private static int Most(JsonElement payload, int more) =>
        StatusLimit.Length(payload) + "[]".Length + (payload.ValueKind == JsonValueKind.Object ? more * payload.GetPropertyCount() : 0);

    private static bool KeepsOrder(JsonElement? before, JsonElement after)
    {
        if (before is not { } old)
            return true;
        if (old.ValueKind != JsonValueKind.Object)
            return false;
        var behind = old.EnumerateObject();
        foreach (var member in after.EnumerateObject())
        {
            if (old.Of(member) is null)
                continue;
            do
            {
                if (!behind.MoveNext())
                    return false;
            }
            while (!behind.Current.IsCalledLike(member));
        }
        return true;
    }

    private static void WriteChange(Utf8JsonWriter writer, JsonProperty member, JsonElement? old)
    {
        writer.WritePropertyName(member.Name);
        if (old is { } known && TryRest(known, member.Value, out var rest))
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

    /// <summary>Nearly every member is as it was, to the byte.</summary>
    private static bool Same(JsonElement one, JsonElement other) =>
        JsonMarshal.GetRawUtf8Value(one).SequenceEqual(JsonMarshal.GetRawUtf8Value(other)) || JsonElement.DeepEquals(one, other);

    /// <summary>What a text has grown by, as UTF-8; false when it did something else.</summary>
    private static bool TryRest(JsonElement old, JsonElement value, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        if (old.ValueKind != JsonValueKind.String || value.ValueKind != JsonValueKind.String)
            return false;
        var start = JsonMarshal.GetRawUtf8Value(old)[..^1];
        var whole = JsonMarshal.GetRawUtf8Value(value)[..^1];
        if (whole.Contains((byte)'\\') || start.Contains((byte)'\\'))
            return TryRest(old.GetString()!, value.GetString()!, out rest);
        // The quotation mark before it is a part of both.
        if (start.Length == 1 || !whole.StartsWith(start))
            return false;
        rest = whole[start.Length..];
        return true;
    }

    private static bool TryRest(string start, string whole, out ReadOnlySpan<byte> rest)
    {
        var grew = start.Length > 0 && whole.StartsWith(start, StringComparison.Ordinal);
        rest = grew ? Encoding.UTF8.GetBytes(whole[start.Length..]) : default;
        return grew;
    }
}
