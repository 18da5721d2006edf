using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Api.Cases;

/// <summary>Writes the body of <c>GET /api/cases/{id}</c>.</summary>
internal static class CaseBody
{
    public static byte[] Write(OrchestrationState state) => JsonText.Write(writer =>
    {
        using var view = new CaseView(state);
        writer.WriteStartObject();
        WriteHead(writer, view);
        writer.WriteParsedOrText("input", view.Input, state.Input);
        if (view.Progress?.RootElement is { ValueKind: JsonValueKind.Object } progress)
            ProgressWriter.Write(writer, "progress", progress, view);
        else
            writer.WriteParsedOrText("progress", view.Progress, state.CustomStatus);
        writer.WriteJsonOrText("output", state.Output);
        WriteError(writer, view.Error);
        writer.WriteEndObject();
    });

    /// <summary>What a case shows in a list too.</summary>
    public static void WriteHead(Utf8JsonWriter writer, CaseView view)
    {
        writer.WriteString("instanceId", view.State.InstanceId);
        writer.WriteString("caseId", view.CaseId);
        writer.WriteString("runtimeStatus", view.State.RuntimeStatus.ToString());
        writer.WriteString("createdAt", Utc(view.State.CreatedAt));
        writer.WriteString("lastUpdatedAt", Utc(view.State.LastUpdatedAt));
    }

    public static void WriteError(Utf8JsonWriter writer, ErrorDetails? error)
    {
        writer.WritePropertyName("error");
        if (error is null)
            writer.WriteNullValue();
        else
            JsonSerializer.Serialize(writer, error, CaseJson.Default.ErrorDetails);
    }

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
