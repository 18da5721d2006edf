using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CallCenter.Api.OpenApi;

/// <summary>
/// Fills a template, which is JSON with <c>%tokens%</c> in its names and texts. A text that is nothing but a token may stand for any JSON,
/// and one for which there is nothing goes, with the member that it names.
/// </summary>
internal static partial class OpenApiTemplate
{
    /// <summary>The template with its tokens filled in.</summary>
    /// <param name="name">The file.</param>
    /// <param name="tokens">What stands for each token, without its signs.</param>
    /// <exception cref="KeyNotFoundException">It holds another token.</exception>
    public static JsonObject Fill(string name, Dictionary<string, JsonNode?> tokens)
    {
        using var resource = typeof(OpenApiTemplate).Assembly.GetManifestResourceStream($"openapi/{name}")!;
        return Fill(JsonNode.Parse(resource)!, tokens)!.AsObject();
    }

    private static JsonNode? Fill(JsonNode? node, Dictionary<string, JsonNode?> tokens) => node switch
    {
        JsonObject members => new JsonObject(members
            .Where(member => !IsLeftOut(member.Key, tokens))
            .Select(member => KeyValuePair.Create(Words(member.Key, tokens), Fill(member.Value, tokens)))),
        JsonArray items => new JsonArray([.. items.Select(item => Fill(item, tokens)).Where(item => item is not null)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>(), tokens),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Text(string text, Dictionary<string, JsonNode?> tokens) =>
        Token().Match(text) is { Success: true } match && match.Length == text.Length
            ? tokens[match.Groups[1].Value]?.DeepClone()
            : JsonValue.Create(Words(text, tokens));

    private static string Words(string text, Dictionary<string, JsonNode?> tokens) =>
        Token().Replace(text, match => tokens[match.Groups[1].Value]!.GetValue<string>());

    private static bool IsLeftOut(string name, Dictionary<string, JsonNode?> tokens) =>
        Token().Match(name) is { Success: true } match && match.Length == name.Length && tokens[match.Groups[1].Value] is null;

    [GeneratedRegex("%([A-Za-z]+)%")]
    private static partial Regex Token();
}
