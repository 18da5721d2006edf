using System.Text.Json;
using System.Text.Json.Serialization;
using CallCenter.Durable.Errors;

namespace CallCenter.Durable.Execution;

/// <summary>
/// The custom status of an instance: where it stands and how it came there, the same JSON on every runtime. It is
/// <c>state, attempt, waitingFor, deadline, ITEM (the payload), error, steps</c>, and when steps had to go, <c>stepsOmitted</c> and what
/// those had changed together (<c>omitted</c>). Where not even the payload fits, it is null, and <c>payloadsOmitted</c> says so.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class WorkflowStatus
{
    /// <summary>The name under which the payload is shown.</summary>
    public required string Item { get; init; }

    /// <summary>The state that the instance is in.</summary>
    public required string State { get; init; }

    /// <summary>Which attempt at its repeated part this is.</summary>
    public required int Attempt { get; init; }

    /// <summary>The event that it waits for.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>Until when (UTC).</summary>
    public DateTime? Deadline { get; init; }

    /// <summary>The payload of the last step that ended.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>Why it failed.</summary>
    public ErrorDetails? Error { get; init; }

    /// <summary>The steps so far.</summary>
    public required StepLog Steps { get; init; }

    /// <summary>True when payload and changes are left out: they are longer than any status may be.</summary>
    public bool IsWithoutPayloads { get; private init; }

    /// <summary>The same without payload and changes. The runtime's history has them all.</summary>
    public WorkflowStatus WithoutPayloads() => new()
    {
        Item = Item,
        State = State,
        Attempt = Attempt,
        WaitingFor = WaitingFor,
        Deadline = Deadline,
        Error = Error,
        Steps = Steps,
        IsWithoutPayloads = true,
    };

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("state", State);
        writer.WriteNumber("attempt", Attempt);
        writer.WriteString("waitingFor", WaitingFor);
        if (Deadline is { } deadline)
            writer.WriteString("deadline", deadline);
        else
            writer.WriteNull("deadline");
        writer.WritePropertyName(Item);
        if (Payload is { } payload)
            payload.WriteTo(writer);
        else
            writer.WriteNullValue();
        writer.WritePropertyName("error");
        ErrorDetails.Write(writer, Error);
        Steps.Write(writer, !IsWithoutPayloads);
        if (IsWithoutPayloads)
            writer.WriteBoolean("payloadsOmitted", true);
        writer.WriteEndObject();
    }

    /// <summary>Writes it at once; a status is never read back into this type.</summary>
    internal sealed class Converter : JsonConverter<WorkflowStatus>
    {
        /// <inheritdoc/>
        public override WorkflowStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, WorkflowStatus value, JsonSerializerOptions options) => value.Write(writer);
    }
}
