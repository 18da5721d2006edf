using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.Cases;

/// <summary>Writes the body of <c>GET /api/cases</c>.</summary>
internal static class CaseListBody
{
    public static byte[] Write(OrchestrationPage page) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("cases");
        foreach (var state in page.Instances)
            WriteItem(writer, state);
        writer.WriteEndArray();
        writer.WriteString("continuationToken", page.ContinuationToken);
        if (page.Counts is { } counts)
        {
            writer.WriteStartObject("counts");
            foreach (var (status, count) in counts)
                writer.WriteNumber(status.ToString(), count);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    });

    private static void WriteItem(Utf8JsonWriter writer, OrchestrationState state)
    {
        using var view = new CaseView(state);
        writer.WriteStartObject();
        CaseBody.WriteHead(writer, view);
        writer.WriteString("state", view.CaseState);
        if (view.Attempt is { } attempt)
            writer.WriteNumber("attempt", attempt);
        else
            writer.WriteNull("attempt");
        writer.WriteString("waitingFor", view.WaitingFor);
        writer.WriteString("deadline", view.Deadline);
        CaseBody.WriteError(writer, view.ShortError);
        writer.WriteEndObject();
    }
}
