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
            // What was left out is in the inputs behind it; a name that is no text is none of ours.
            if (property.IsCalled("omitted"u8))
                continue;
            if (property.IsCalled("steps"u8) && property.Value.ValueKind == JsonValueKind.Array)
                WriteSteps(writer, progress, view);
            else if (writer.TryWriteName(property))
                writer.WriteVerbatim(property.Value);
        }
        writer.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter writer, JsonElement progress, InstanceView view)
    {
        writer.WriteStartArray("steps");
        foreach (var step in StepPayloads.Of(progress))
        {
            if (step.Step.ValueKind == JsonValueKind.Object)
                WriteStep(writer, step, view.Input?.RootElement);
            else
                writer.WriteVerbatim(step.Step);
        }
        writer.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter writer, StepPayloads step, JsonElement? instanceInput)
    {
        writer.WriteStartObject();
        foreach (var property in step.Step.EnumerateObject())
        {
            // The last is between the instance and whoever answered it.
            if (property.IsCalled("changed"u8) || property.IsCalled("given"u8) || property.IsCalled("answerId"u8))
                continue;
            if (writer.TryWriteName(property))
                writer.WriteVerbatim(property.Value);
        }
        writer.WritePropertyName("input");
        if (step.IsInstanceInput && instanceInput is { } input)
            writer.WriteVerbatim(input);
        else
            Write(writer, step.Input);
        writer.WritePropertyName("output");
        Write(writer, step.Output);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Payload? payload)
    {
        if (payload is null)
            writer.WriteNullValue();
        else
            payload.Write(writer);
    }
}
