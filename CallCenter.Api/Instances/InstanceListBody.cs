using System.Text.Json;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Instances;

/// <summary>Writes the body of <c>GET /api/{collection}</c>.</summary>
internal static class InstanceListBody
{
    public static byte[] Write(ServedWorkflow served, OrchestrationPage page) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray(served.Workflow.Collection);
        foreach (var state in page.Instances)
            WriteItem(writer, served, state);
        writer.WriteEndArray();
        writer.WriteString("continuationToken", page.ContinuationToken);
        Write(writer, "total", page.Total);
        Write(writer, "waiting", page.Waiting?.Count);
        Write(writer, "overdue", page.Waiting?.Overdue);
        if (page.Counts is { } counts)
        {
            writer.WriteStartObject("counts");
            foreach (var (status, count) in counts)
                writer.WriteNumber(status.ToString(), count);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    });

    private static void WriteItem(Utf8JsonWriter writer, ServedWorkflow served, OrchestrationState state)
    {
        using var view = new InstanceView(served, state);
        writer.WriteStartObject();
        InstanceBody.WriteHead(writer, view);
        writer.WriteString("state", view.CurrentState);
        Write(writer, "attempt", view.Attempt);
        writer.WriteString("waitingFor", view.WaitingFor);
        writer.WriteString("deadline", view.Deadline);
        InstanceBody.WriteError(writer, view.ShortError);
        InstanceBody.WriteOutcome(writer, view);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } known)
            writer.WriteNumber(name, known);
        else
            writer.WriteNull(name);
    }
}
