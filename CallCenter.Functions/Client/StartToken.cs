using System.Text.Json;
using System.Text.Json.Nodes;

namespace CallCenter.Functions.Client;

/// <summary>
/// Tells who started an instance. Azure Storage takes simultaneous starts with one id all, runs one of them and drops the
/// others in silence. So a start with an id that the caller chose carries a token in its input, and whoever does not find
/// his own token in the stored input has not started anything.
/// </summary>
internal static class StartToken
{
    private const string Name = "$startToken";

    public static string Create() => Guid.NewGuid().ToString("N");

    /// <summary>The input with the token in it; only a JSON object has room for one.</summary>
    public static object AddTo(object input, string token)
    {
        if (JsonSerializer.SerializeToNode(input, input.GetType()) is not JsonObject json)
            return input;
        json[Name] = token;
        return json;
    }

    /// <summary>The token in a stored input; null when there is none.</summary>
    public static string? In(string? input) => Parse(input)?[Name] is JsonValue value && value.TryGetValue(out string? token) ? token : null;

    /// <summary>A stored input as the caller gave it: the token is nobody's business.</summary>
    public static string? RemoveFrom(string? input)
    {
        if (Parse(input) is not { } json)
            return input;
        json.Remove(Name);
        return json.ToJsonString();
    }

    private static JsonObject? Parse(string? input)
    {
        if (input is null || !input.Contains(Name, StringComparison.Ordinal))
            return null;
        try
        {
            return JsonNode.Parse(input) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
