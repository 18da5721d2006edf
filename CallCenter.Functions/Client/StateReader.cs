using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using Microsoft.DurableTask.Client;
using OrchestrationRuntimeStatus = CallCenter.Durable.Seams.OrchestrationRuntimeStatus;
using SdkStatus = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace CallCenter.Functions.Client;

/// <summary>Reads what the SDK knows of an instance in the process's own words.</summary>
internal static class StateReader
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static OrchestrationState Read(OrchestrationMetadata instance) => new()
    {
        InstanceId = instance.InstanceId,
        Name = instance.Name,
        RuntimeStatus = Status(instance.RuntimeStatus),
        CreatedAt = instance.CreatedAt.UtcDateTime,
        LastUpdatedAt = instance.LastUpdatedAt.UtcDateTime,
        Input = Unescape(StartToken.RemoveFrom(instance.SerializedInput)),
        CustomStatus = Unescape(Empty(instance.SerializedCustomStatus)),
        Output = Unescape(Json(instance.SerializedOutput)),
        Failure = instance.FailureDetails is { } failure ? new ErrorDetails(failure.ErrorType, failure.ErrorMessage) : null,
    };

    public static SdkStatus Status(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Running => SdkStatus.Running,
        OrchestrationRuntimeStatus.Completed => SdkStatus.Completed,
        OrchestrationRuntimeStatus.Failed => SdkStatus.Failed,
        OrchestrationRuntimeStatus.Terminated => SdkStatus.Terminated,
        OrchestrationRuntimeStatus.Pending => SdkStatus.Pending,
        OrchestrationRuntimeStatus.Suspended => SdkStatus.Suspended,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>ContinuedAsNew and Canceled are relics that no current runtime writes.</summary>
    private static OrchestrationRuntimeStatus Status(SdkStatus status) => status switch
    {
        SdkStatus.Completed => OrchestrationRuntimeStatus.Completed,
        SdkStatus.Failed => OrchestrationRuntimeStatus.Failed,
        SdkStatus.Terminated => OrchestrationRuntimeStatus.Terminated,
        SdkStatus.Pending => OrchestrationRuntimeStatus.Pending,
        SdkStatus.Suspended => OrchestrationRuntimeStatus.Suspended,
        _ => OrchestrationRuntimeStatus.Running,
    };

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>A reason given through the management API and the output of a failed instance are bare text: they become JSON strings.</summary>
    private static string? Json(string? text) => string.IsNullOrEmpty(text) || IsJson(text) ? Empty(text) : JsonSerializer.Serialize(text);

    /// <summary>
    /// The same JSON with its letters as letters. The worker escapes all but ASCII; the contract repeats what a runtime holds byte for
    /// byte, and so both hosts answer alike.
    /// </summary>
    private static string? Unescape(string? json)
    {
        if (json is null || !json.Contains("\\u", StringComparison.Ordinal))
            return json;
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonSerializer.Serialize(document.RootElement, Readable);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair in somebody's input: it cannot be written otherwise than it is.
            return json;
        }
    }

    private static bool IsJson(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            while (reader.Read())
            {
                // Reading to the end is the check.
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
