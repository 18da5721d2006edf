using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable.Events;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Execution;

/// <summary>The members of an answer that its step shows, cut to what they may be long: an answer may come by other ways than the contract.</summary>
internal static class PublishedMembers
{
    private static readonly ConcurrentDictionary<Type, (JsonPropertyInfo Member, int Length)[]> Known = [];

    public static IReadOnlyList<(string Name, JsonElement Value)> Of(object answer, WorkflowJson json)
    {
        var found = new List<(string, JsonElement)>();
        foreach (var (member, length) in Known.GetOrAdd(answer.GetType(), type => Find(type, json)))
        {
            if (member.Get!(answer) is { } value)
                found.Add((member.Name, json.ToElement(value is string text ? Excerpt.Cut(text, length) : value)));
        }
        return found;
    }

    private static (JsonPropertyInfo, int)[] Find(Type type, WorkflowJson json) =>
    [
        .. json.SerializerOptions.GetTypeInfo(type).Properties
            .Where(member => member.Get is not null && member.AttributeProvider is { } attributes && attributes.IsDefined(typeof(PublishedAttribute), false))
            .Select(member => (member, (member.AttributeProvider as MemberInfo)?.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength ?? int.MaxValue)),
    ];
}
