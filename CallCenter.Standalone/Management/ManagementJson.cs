using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Runtime.Execution;

namespace CallCenter.Standalone.Management;

/// <summary>The bodies of the management API.</summary>
internal static class ManagementJson
{
    // Safe: every answer says that it is JSON. A history's inputs are JSON in a string, and stay readable so.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The status object: camelCase, whole seconds, absent values null.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="shown">The instance.</param>
    /// <param name="query">What the caller wants to see.</param>
    /// <param name="hostStarts">When the program was started while the instance was unfinished; null leaves the history out.</param>
    public static void Status(Utf8JsonWriter writer, CommittedInstance shown, ManagementQuery query, IReadOnlyList<DateTime>? hostStarts = null)
    {
        var state = shown.ToState();
        writer.WriteStartObject();
        writer.WriteString("name", state.Name);
        writer.WriteString("instanceId", state.InstanceId);
        writer.WriteString("runtimeStatus", state.RuntimeStatus.ToString());
        Raw(writer, "input", query.ShowInput ? state.Input : null);
        Raw(writer, "customStatus", state.CustomStatus);
        Raw(writer, "output", state.Output);
        writer.WriteString("createdTime", Seconds(state.CreatedAt));
        writer.WriteString("lastUpdatedTime", Seconds(state.LastUpdatedAt));
        if (hostStarts is not null)
        {
            writer.WritePropertyName("historyEvents");
            HistoryJson.Write(writer, shown, query.ShowHistoryOutput);
            // Beside the events, whose shape is the Durable SDK's: none of them was recorded for the instance.
            writer.WriteStartArray("hostStarts");
            foreach (var start in hostStarts)
                writer.WriteStringValue(HistoryJson.Time(start));
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    /// <summary>A JSON body.</summary>
    public static ApiResponse Body(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        return new ApiResponse(status, ApiResponse.JsonType, buffer.WrittenMemory);
    }

    /// <summary>A bare JSON string, as the original answers some refusals.</summary>
    public static ApiResponse Text(int status, string text) => Body(status, writer => writer.WriteStringValue(text));

    /// <summary>The original's error object.</summary>
    public static ApiResponse Error(int status, string message, Exception? exception = null) => Body(status, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("Message", message);
        if (exception is not null)
        {
            writer.WriteString("ExceptionMessage", exception.Message);
            writer.WriteString("ExceptionType", exception.GetType().FullName);
        }
        writer.WriteEndObject();
    });

    private static void Raw(Utf8JsonWriter writer, string name, string? json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json ?? "null");
    }

    private static string Seconds(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
