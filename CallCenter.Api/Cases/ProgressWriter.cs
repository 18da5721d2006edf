using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Api.Cases;

/// <summary>Writes the custom status as the process published it, with each step's full input and output.</summary>
internal static class ProgressWriter
{
    /// <summary>Open Case and Assign Case; the steps left out stand behind them (<see cref="CaseProgress.StepsOmitted"/>).</summary>
    private const int StepsBeforeGap = 2;

    public static void Write(Utf8JsonWriter writer, string name, JsonElement progress, CaseView view)
    {
        writer.WriteStartObject(name);
        foreach (var property in progress.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Array && property.NameAsText() == "steps")
                WriteSteps(writer, [.. property.Value.EnumerateArray()], progress, view);
            else
                WriteAsItIs(writer, property);
        }
        writer.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter writer, JsonElement[] steps, JsonElement progress, CaseView view)
    {
        var facts = Array.ConvertAll(steps, step => new StepFacts(step.StringOf("state"), step.StringOf("added"), step.IntegerOf("status")));
        int? gap = progress.IntegerOf("stepsOmitted") > 0 ? Math.Min(StepsBeforeGap, steps.Length) : null;
        var payloads = StepPayloads.Expand(facts, view.CaseId ?? "", LastPayload(progress), gap);

        writer.WriteStartArray("steps");
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].ValueKind == JsonValueKind.Object)
                WriteStep(writer, steps[i], payloads[i], i == 0 ? view.Input?.RootElement : null);
            else
                writer.WriteVerbatim(steps[i]);
        }
        writer.WriteEndArray();
    }

    /// <summary>One step; the first takes the case's input, every other a payload.</summary>
    private static void WriteStep(Utf8JsonWriter writer, JsonElement step, (SupportCase? Input, SupportCase? Output) payloads, JsonElement? caseInput)
    {
        writer.WriteStartObject();
        foreach (var property in step.EnumerateObject())
        {
            // Between the case and whoever answered it.
            if (property.NameAsText() != "answerId")
                WriteAsItIs(writer, property);
        }
        writer.WritePropertyName("input");
        if (caseInput is { } input)
            writer.WriteVerbatim(input);
        else
            Write(writer, payloads.Input);
        writer.WritePropertyName("output");
        Write(writer, payloads.Output);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SupportCase? payload)
    {
        if (payload is null)
            writer.WriteNullValue();
        else
            JsonSerializer.Serialize(writer, payload, CaseJson.Default.SupportCase);
    }

    /// <summary>A property whose name is no text is none of ours, and cannot be written.</summary>
    private static void WriteAsItIs(Utf8JsonWriter writer, JsonProperty property)
    {
        if (property.NameAsText() is not { } name)
            return;
        writer.WritePropertyName(name);
        writer.WriteVerbatim(property.Value);
    }

    private static SupportCase? LastPayload(JsonElement progress) =>
        progress.Of("case") is { } last && last.StringOf("Case") is { } id && last.StringOf("Message") is { } message
            ? new SupportCase(id, last.IntegerOf("Status"), message)
            : null;
}
