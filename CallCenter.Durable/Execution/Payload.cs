using System.Text.Json;

namespace CallCenter.Durable.Execution;

/// <summary>A payload as the deltas of the steps make it, one after the other. It never changes: every delta makes a new one.</summary>
public sealed class Payload
{
    private readonly record struct Member(string Name, JsonElement Value, string? Text);

    private readonly Member[]? _members;
    private readonly JsonElement _whole;

    private Payload(Member[] members) => _members = members;

    private Payload(JsonElement whole) => _whole = whole;

    /// <summary>The payload after a delta. What is no delta of ours changes nothing: anybody may publish anything.</summary>
    /// <param name="before">The payload before; null when there was none.</param>
    /// <param name="delta">What <see cref="Delta.Write"/> wrote.</param>
    public static Payload? Apply(Payload? before, JsonElement delta)
    {
        if (delta.ValueKind == JsonValueKind.Array)
            return delta.GetArrayLength() == 1 ? Of(delta[0]) : before;
        if (delta.ValueKind != JsonValueKind.Object)
            return before;
        var members = new List<Member>(before?._members ?? []);
        List<Member> added = [];
        foreach (var change in delta.EnumerateObject())
        {
            var at = IndexOf(members, change);
            if (at < 0)
            {
                if (change.Value.ValueKind != JsonValueKind.Null)
                    added.Add(Changed(change.Name, default, change.Value));
            }
            else if (change.Value.ValueKind == JsonValueKind.Null)
            {
                members.RemoveAt(at);
            }
            else
            {
                members[at] = Changed(members[at].Name, members[at], change.Value);
                members.InsertRange(at, added);
                added.Clear();
            }
        }
        members.AddRange(added);
        return new Payload([.. members]);
    }

    /// <summary>A payload that is known as a whole.</summary>
    public static Payload Of(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? new Payload([.. value.EnumerateObject().Select(member => new Member(member.Name, member.Value, null))])
        : new Payload(value);

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        if (_members is null)
        {
            _whole.WriteTo(writer);
            return;
        }
        writer.WriteStartObject();
        foreach (var (name, value, text) in _members)
        {
            writer.WritePropertyName(name);
            if (text is not null)
                writer.WriteStringValue(text);
            else
                value.WriteTo(writer);
        }
        writer.WriteEndObject();
    }

    private static int IndexOf(List<Member> members, JsonProperty change)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (change.NameEquals(members[i].Name))
                return i;
        }
        return -1;
    }

    private static Member Changed(string name, Member old, JsonElement change)
    {
        if (change.ValueKind == JsonValueKind.Object && change.TryGetProperty(Delta.Set, out var set))
            return new(name, set, null);
        if (change.ValueKind == JsonValueKind.Object && change.TryGetProperty(Delta.Grown, out var rest) && rest.ValueKind == JsonValueKind.String)
            return new(name, default, TextOf(old) + rest.GetString());
        return new(name, change, null);
    }

    private static string? TextOf(Member member) =>
        member.Text ?? (member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null);
}
