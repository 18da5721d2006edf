using System.Text.Json.Nodes;

namespace CallCenter.Tests.Golden;

/// <summary>
/// What is published today in the form of the time when the golden files were made. A step published what it appended to the Message
/// then (<c>added</c>), and the Status after it, and so it was answered.
/// </summary>
internal static class EarlierForm
{
    /// <summary>A custom status.</summary>
    public static JsonNode? Of(JsonNode? status)
    {
        JsonNode? number = null;
        return WithSteps(status, step =>
        {
            if (step.ContainsKey("added"))
                return null;
            var changed = step["changed"];
            number = changed?["Status"] ?? number;
            return (changed is null ? null : number, changed?["Message"] is JsonObject grown ? grown["+"] : changed?["Message"]);
        });
    }

    /// <summary>The progress of an answer, whose steps have their inputs and outputs.</summary>
    public static JsonNode? OfAnswer(JsonNode? progress) => WithSteps(progress, step =>
    {
        if (step.ContainsKey("added"))
            return null;
        var before = (string?)step["input"]?["Message"] ?? "";
        return (step["output"]?["Status"], (string?)step["output"]?["Message"] is { } after ? after[before.Length..] : null);
    });

    /// <param name="status">A status with steps.</param>
    /// <param name="earlier">A step's Status and what it added; null for a step that says so itself.</param>
    private static JsonNode? WithSteps(JsonNode? status, Func<JsonObject, (JsonNode? Status, JsonNode? Added)?> earlier)
    {
        if (status?["steps"] is not JsonArray steps)
            return status;
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i]!.AsObject();
            if (earlier(step) is not { } found)
                continue;
            var was = new JsonObject();
            foreach (var (name, value) in step)
            {
                if (name is not "changed")
                    was[name] = value?.DeepClone();
                if (name is not "attempt")
                    continue;
                if (found.Status is not null)
                    was["status"] = found.Status.DeepClone();
                was["added"] = found.Added?.DeepClone();
            }
            steps[i] = was;
        }
        return status;
    }
}
