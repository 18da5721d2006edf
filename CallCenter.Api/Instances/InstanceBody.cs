using System.Text.Json;
using CallCenter.Api.StepFunctions;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Instances;

/// <summary>Writes the body of <c>GET /api/{collection}/{id}</c>.</summary>
internal static class InstanceBody
{
    public static byte[] Write(ServedWorkflow served, OrchestrationState state) => JsonText.Write(writer =>
    {
        using var view = new InstanceView(served, state);
        writer.WriteStartObject();
        WriteHead(writer, view);
        writer.WriteParsedOrText("input", view.Input, state.Input);
        if (view.Progress is { ValueKind: JsonValueKind.Object } progress)
            ProgressWriter.Write(writer, "progress", progress, view);
        else
            writer.WriteJsonOrText("progress", state.CustomStatus);
        writer.WriteJsonOrText("output", state.Output);
        WriteError(writer, view.Error);
        WriteOutcome(writer, view);
        if (view.Expected is not null && view.Attempt is { } attempt)
            writer.WriteString("taskToken", TaskToken.Write(state, attempt));
        writer.WriteEndObject();
    });

    /// <summary>What an instance shows in a list too.</summary>
    public static void WriteHead(Utf8JsonWriter writer, InstanceView view)
    {
        writer.WriteString("instanceId", view.State.InstanceId);
        if (view.Workflow.Key is { } key)
            writer.WriteString(key.Name, view.KeyValue);
        writer.WriteString("runtimeStatus", view.State.RuntimeStatus.ToString());
        writer.WriteString("createdAt", Utc(view.State.CreatedAt));
        writer.WriteString("lastUpdatedAt", Utc(view.State.LastUpdatedAt));
        if (view.State.Duration is { } duration)
            writer.WriteNumber("duration", Math.Round(duration.TotalSeconds, 3));
        else
            writer.WriteNull("duration");
    }

    /// <summary>How it came to its end, where the workflow says so.</summary>
    public static void WriteOutcome(Utf8JsonWriter writer, InstanceView view)
    {
        if (InstanceOutcome.Of(view) is { } outcome)
            writer.WriteString("outcome", outcome);
    }

    public static void WriteError(Utf8JsonWriter writer, ErrorDetails? error)
    {
        writer.WritePropertyName("error");
        ErrorDetails.Write(writer, error);
    }

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
