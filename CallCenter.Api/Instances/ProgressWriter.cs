using System.Text.Json;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Instances;

/// <summary>Writes the custom status as the workflow published it, with each step's full input and output in place of what it changed.</summary>
internal static class ProgressWriter
{
    public static void Write(Utf8JsonWriter writer, string name, JsonElement progress, InstanceView view)
    {
        writer.WriteStartObject(name);
        foreach (var property in progress.EnumerateObject())
        {
            switch (property.NameAsText())
            {
                case "steps" when property.Value.ValueKind == JsonValueKind.Array:
                    WriteSteps(writer, property.Value, progress, view);
                    break;
                case null or "omitted":
                    // A name that is no text is none of ours; what was left out is in the inputs behind it.
                    break;
                case var other:
                    writer.WritePropertyName(other);
                    writer.WriteVerbatim(property.Value);
                    break;
            }
        }
        writer.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter writer, JsonElement steps, JsonElement progress, InstanceView view)
    {
        var gap = progress.IntegerOf("stepsOmitted") > 0 ? StatusLayout.StepsBeforeGap : -1;
        var (payload, isKnown, index) = ((Payload?)null, true, 0);
        writer.WriteStartArray("steps");
        foreach (var step in steps.EnumerateArray())
        {
            if (index == gap)
                (payload, isKnown) = progress.Of("omitted") is { } omitted ? (Changed(payload, omitted), true) : (null, false);
            if (step.ValueKind == JsonValueKind.Object)
                payload = WriteStep(writer, step, payload, isKnown, index == 0 ? view.Input?.RootElement : null);
            else
                writer.WriteVerbatim(step);
            index++;
        }
        writer.WriteEndArray();
    }

    /// <summary>One step; the first takes the instance's input, every other the payload.</summary>
    /// <returns>The payload after it.</returns>
    private static Payload? WriteStep(Utf8JsonWriter writer, JsonElement step, Payload? payload, bool isKnown, JsonElement? firstInput)
    {
        writer.WriteStartObject();
        foreach (var property in step.EnumerateObject())
        {
            // The last is between the instance and whoever answered it.
            if (property.NameAsText() is not (null or "changed" or "given" or "answerId"))
            {
                writer.WritePropertyName(property.Name);
                writer.WriteVerbatim(property.Value);
            }
        }
        var input = step.Of("given") is { } given ? Changed(payload, given) : payload;
        var output = isKnown && step.Of("changed") is { } changed ? Changed(payload, changed) : null;
        writer.WritePropertyName("input");
        if (firstInput is { } first && step.Of("given") is null)
            writer.WriteVerbatim(first);
        else
            Write(writer, input);
        writer.WritePropertyName("output");
        Write(writer, output);
        writer.WriteEndObject();
        return output ?? payload;
    }

    private static void Write(Utf8JsonWriter writer, Payload? payload)
    {
        if (payload is null)
            writer.WriteNullValue();
        else
            payload.Write(writer);
    }

    private static Payload? Changed(Payload? payload, JsonElement delta)
    {
        try
        {
            return Payload.Apply(payload, delta);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: published by somebody else than our workflows.
            return null;
        }
    }
}
