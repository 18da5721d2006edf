using System.Text.Json.Nodes;

namespace CallCenter.Api.OpenApi;

/// <summary>Says in words what <c>x-text</c> of a schema asks of a text, and what its <c>x-choices</c> mean: no keyword of JSON Schema can.</summary>
internal static class OpenApiTexts
{
    private static readonly Dictionary<string, string> Rules = new()
    {
        ["id"] = "Nothing invisible (joiners and variation selectors may follow a visible character), " +
            "no blank at its beginning or end, in Unicode's form C (NFC).",
        ["line"] = "Nothing invisible.",
        ["lines"] = "Nothing invisible but tabs and new lines.",
    };

    /// <summary>The same schema, explained.</summary>
    public static JsonObject Explained(JsonObject schema)
    {
        IEnumerable<string?> sentences =
        [
            schema["description"]?.GetValue<string>(),
            schema["x-text"]?.GetValue<string>() is { } rule ? Rules[rule] : null,
            .. schema["x-choices"]?.AsArray()
                .Where(choice => choice!["description"] is not null)
                .Select(choice => $"{choice!["const"]}: {choice["description"]}") ?? [],
        ];
        if (sentences.Where(sentence => sentence is not null).ToArray() is { Length: > 0 } known)
            schema["description"] = string.Join(' ', known);
        foreach (var (_, property) in schema["properties"]?.AsObject() ?? [])
            Explained(property!.AsObject());
        return schema;
    }
}
