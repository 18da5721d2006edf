using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Instances;

/// <summary><c>GET /api/{collection}/figures</c>: how the last hour was.</summary>
internal static class FiguresCall
{
    /// <summary>What stands in the path in place of an instance id: no new instance may be called so.</summary>
    public const string Path = "figures";

    public static ApiResponse Get(ApiRequest request, OrchestrationFigures figures) =>
        EntityTag.Answer(request, ApiResponse.JsonType, JsonText.Write(writer => Write(writer, figures)));

    private static void Write(Utf8JsonWriter writer, OrchestrationFigures figures)
    {
        writer.WriteStartObject();
        writer.WriteString("from", figures.From);
        writer.WriteStartArray("minutes");
        foreach (var minute in figures.Minutes)
        {
            writer.WriteStartObject();
            writer.WriteString("at", minute.At);
            writer.WriteNumber("started", minute.Started);
            writer.WriteNumber("completed", minute.Completed);
            writer.WriteNumber("failed", minute.Failed);
            writer.WriteNumber("terminated", minute.Terminated);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (Resolved(figures) is { } resolved)
            writer.WriteNumber("resolved", Math.Round(resolved, 4));
        else
            writer.WriteNull("resolved");
        writer.WriteString("statesSince", figures.StatesSince);
        writer.WriteStartArray("states");
        foreach (var state in figures.States)
        {
            writer.WriteStartObject();
            writer.WriteString("name", state.Name);
            writer.WriteNumber("count", state.Count);
            writer.WriteNumber("p50", Seconds(state.P50));
            writer.WriteNumber("p95", Seconds(state.P95));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumber("waiting", figures.Waiting);
        if (figures.OldestWaiting is { } oldest)
            writer.WriteString("oldestWaiting", oldest);
        else
            writer.WriteNull("oldestWaiting");
        writer.WriteEndObject();
    }

    /// <summary>Which share of those that ended completed; null where none did.</summary>
    private static double? Resolved(OrchestrationFigures figures)
    {
        var completed = figures.Minutes.Sum(minute => minute.Completed);
        var ended = completed + figures.Minutes.Sum(minute => minute.Failed + minute.Terminated);
        return ended == 0 ? null : (double)completed / ended;
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 4);
}
