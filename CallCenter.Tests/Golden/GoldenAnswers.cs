using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Runtime.Storage;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Golden;

/// <summary>Everything that a program answers about the instances in its data folder, as JSON.</summary>
internal static class GoldenAnswers
{
    /// <summary>As the golden files are written: readable, and the same on every machine.</summary>
    public static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Management = "/runtime/webhooks/durabletask/instances";

    public static async Task<JsonObject> CollectAsync(GoldenProgram program)
    {
        var list = await program.AskAsync("/api/cases?top=100");
        var instances = new JsonArray();
        foreach (var item in list["body"]!["cases"]!.AsArray())
        {
            var id = Uri.EscapeDataString((string)item!["instanceId"]!);
            instances.Add(new JsonObject
            {
                ["case"] = Earlier(await program.AskAsync($"/api/cases/{id}"), "progress", EarlierForm.OfAnswer),
                ["status"] = Earlier(await program.AskAsync($"{Management}/{id}?showHistory=true&showHistoryOutput=true"), "customStatus", EarlierForm.Of),
            });
        }
        return new JsonObject
        {
            ["list"] = list,
            ["managementList"] = EarlierAll(await program.AskAsync($"{Management}?top=100")),
            ["counts"] = new JsonObject(program.Store.EndedCounts().OrderBy(count => count.Key).Select(count => KeyValuePair.Create($"{count.Key}", (JsonNode?)count.Value))),
            ["store"] = new JsonArray([.. program.Store.NewestFirst().Select(entry => Entry(program.Store, entry))]),
            ["instances"] = instances,
        };
    }

    /// <summary>Where the first difference is; null when there is none. The actual answer may say more: an API grows.</summary>
    public static string? Difference(JsonNode? expected, JsonNode? actual, string path = "$")
    {
        switch (expected, actual)
        {
            case (JsonObject wanted, JsonObject given):
                return wanted.Select(member => given.ContainsKey(member.Key)
                    ? Difference(member.Value, given[member.Key], $"{path}.{member.Key}")
                    : $"{path}.{member.Key} is missing.").FirstOrDefault(difference => difference is not null);
            case (JsonArray wanted, JsonArray given):
                return wanted.Zip(given).Select((pair, i) => Difference(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(difference => difference is not null)
                    ?? (wanted.Count == given.Count ? null : $"{path} has {given.Count} elements, not {wanted.Count}.");
            default:
                return JsonNode.DeepEquals(expected, actual) ? null : $"{path} is {Text(actual)}, not {Text(expected)}.";
        }
    }

    private static async Task<JsonObject> AskAsync(this GoldenProgram program, string target)
    {
        using var response = await program.Http.GetAsync(target);
        return new JsonObject { ["status"] = (int)response.StatusCode, ["body"] = JsonNode.Parse(await response.Content.ReadAsStringAsync()) };
    }

    private static JsonObject EarlierAll(JsonObject answer)
    {
        foreach (var instance in answer["body"]!.AsArray())
            EarlierForm.Of(instance!["customStatus"]);
        return answer;
    }

    private static JsonObject Earlier(JsonObject answer, string member, Func<JsonNode?, JsonNode?> form)
    {
        form(answer["body"]![member]);
        return answer;
    }

    private static JsonObject Entry(InstanceStore store, InstanceEntry entry) => new()
    {
        ["number"] = entry.Number,
        ["status"] = $"{entry.Status}",
        ["createdAt"] = entry.CreatedAt,
        ["lastUpdatedAt"] = entry.LastUpdatedAt,
        ["archivedId"] = store.ReadArchive(entry)?.Id,
    };

    private static string Text(JsonNode? json) => json?.ToJsonString(Readable) ?? "null";
}
