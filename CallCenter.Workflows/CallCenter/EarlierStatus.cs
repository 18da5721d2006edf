using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Durable.Text;

namespace CallCenter.Workflows.CallCenter;

/// <summary>
/// Custom statuses of before steps published what they changed: a step kept <c>status</c> and <c>added</c>, what it appended to the
/// Message. Cases that ended then are shown in full still.
/// </summary>
internal static class EarlierStatus
{
    /// <summary>Open Case and Assign Case; the steps that were left out stood behind them.</summary>
    private const int StepsBeforeGap = 2;

    /// <summary>The same status with what each step changed; null when it is none of before.</summary>
    public static JsonElement? Upgrade(JsonElement status)
    {
        if (!HasAdded(status) || JsonNode.Parse(status.GetRawText()) is not JsonObject upgraded || upgraded["steps"] is not JsonArray steps)
            return null;
        var isFirst = true;
        foreach (var step in steps.OfType<JsonObject>())
        {
            if (Text(step["added"]) is not { } added)
                continue;
            var changed = new JsonObject();
            if (isFirst)
                changed["Case"] = Text(upgraded["case"]?["Case"]);
            if (Number(step["status"]) is { } number)
                changed["Status"] = number;
            changed["Message"] = new JsonObject { ["+"] = added };
            step["changed"] = changed;
            isFirst = false;
        }
        if (Number(upgraded["stepsOmitted"]) > 0 && Omitted(upgraded, steps) is { } omitted)
            upgraded["omitted"] = omitted;
        return JsonText.Element(writer => upgraded.WriteTo(writer));
    }

    /// <summary>What the steps that were left out had changed: what is missing between those before them and the last payload.</summary>
    private static JsonObject? Omitted(JsonObject status, JsonArray steps)
    {
        var before = string.Concat(steps.Take(StepsBeforeGap).Select(step => Text(step?["added"])));
        var behind = string.Concat(steps.Skip(StepsBeforeGap).Select(step => Text(step?["added"])));
        if (Text(status["case"]?["Message"]) is not { } whole || whole.Length < before.Length + behind.Length)
            return null;
        // A case is worked on again only when it was unresolved, and no other step changes the Status.
        var next = steps.Skip(StepsBeforeGap).FirstOrDefault();
        var number = Text(next?["state"]) == "Work on Case" ? 0 : Number(next?["status"]) ?? 0;
        return new JsonObject { ["Status"] = number, ["Message"] = new JsonObject { ["+"] = whole[before.Length..^behind.Length] } };
    }

    private static bool HasAdded(JsonElement status) =>
        status.ValueKind == JsonValueKind.Object && status.TryGetProperty("steps", out var steps) && steps.ValueKind == JsonValueKind.Array
        && steps.GetArrayLength() > 0 && steps[0].ValueKind == JsonValueKind.Object && steps[0].TryGetProperty("added", out _);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;
}
