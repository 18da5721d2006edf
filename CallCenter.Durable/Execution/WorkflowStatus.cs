using System.Text.Json;
using System.Text.Json.Serialization;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Execution;

/// <summary>
/// The custom status of an instance: where it stands and how it came there, the same JSON on every runtime. It is
/// <c>state, attempt, waitingFor, deadline, ITEM (the payload), error, steps</c>, and when steps had to go, <c>stepsOmitted</c> and what
/// those had changed together (<c>omitted</c>). Where not even the payload fits, it is null, and <c>payloadsOmitted</c> says so.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class WorkflowStatus : IWaiting, IStepTimes, ISnapshot
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

    /// <inheritdoc/>
    public DateTime? WaitingSince => WaitingFor is null ? null : Steps.Last?.StartedAt;

    /// <inheritdoc/>
    public int StepCount => Steps.Count;

    /// <inheritdoc/>
    public (string State, DateTime StartedAt, DateTime? EndedAt) StepAt(int index)
    {
        var step = Steps[index];
        return (step.State, step.StartedAt, step.EndedAt);
    }

    /// <summary>Writes it but for what is cut.</summary>
    public void Write(Utf8JsonWriter writer, StatusCut cut)
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
        if (!cut.Payloads && Payload is { } payload)
            writer.WriteVerbatim(payload);
        else
            writer.WriteNullValue();
        writer.WritePropertyName("error");
        ErrorDetails.Write(writer, Error);
        Steps.Write(writer, cut);
        if (cut.Payloads)
            writer.WriteBoolean("payloadsOmitted", true);
        writer.WriteEndObject();
    }

    /// <summary>Writes as much of it as there is room for; a status is never read back into this type.</summary>
    internal sealed class Converter : JsonConverter<WorkflowStatus>
    {
        /// <inheritdoc/>
        public override WorkflowStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, WorkflowStatus value, JsonSerializerOptions options) => value.Write(writer, StatusLimit.CutOf(value));
    }
}
