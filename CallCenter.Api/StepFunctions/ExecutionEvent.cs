using System.Text.Json;

namespace CallCenter.Api.StepFunctions;

/// <summary>One event of an execution's history.</summary>
/// <param name="At">When it happened (UTC).</param>
/// <param name="Type">Its type.</param>
/// <param name="Details">The name of its details, without <c>EventDetails</c>; null where it has none.</param>
/// <param name="Write">Writes what is in them; told whether inputs and outputs are wanted.</param>
internal sealed record ExecutionEvent(DateTime At, string Type, string? Details = null, Action<Utf8JsonWriter, bool>? Write = null)
{
    /// <summary>The event that a stop makes, whatever happened before it.</summary>
    public const string Aborted = "ExecutionAborted";

    /// <summary>Writes the event.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="id">Its number; the first is 1.</param>
    /// <param name="withData">Whether inputs and outputs are wanted.</param>
    public void WriteTo(Utf8JsonWriter writer, int id, bool withData)
    {
        writer.WriteStartObject();
        writer.WriteTime("timestamp", At);
        writer.WriteString("type", Type);
        writer.WriteNumber("id", id);
        // AWS has no event before the first state either.
        writer.WriteNumber("previousEventId", id <= 2 || Type == Aborted ? 0 : id - 1);
        if (Details is not null)
        {
            writer.WriteStartObject($"{Details}EventDetails");
            Write?.Invoke(writer, withData);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    /// <summary>Something went wrong.</summary>
    public static ExecutionEvent OfFailure(DateTime at, string type, string details, string? error, string? cause) => new(at, type, details, (writer, _) =>
    {
        writer.WriteText("error", error);
        writer.WriteText("cause", cause);
    });

    /// <summary>A state was entered.</summary>
    public static ExecutionEvent Entered(DateTime at, string type, string state, string? input) => OfState(at, $"{type}StateEntered", "stateEntered", state, "input", input);

    /// <summary>A state was left.</summary>
    public static ExecutionEvent Exited(DateTime at, string type, string state, string? output) => OfState(at, $"{type}StateExited", "stateExited", state, "output", output);

    private static ExecutionEvent OfState(DateTime at, string type, string details, string state, string member, string? data) => new(at, type, details, (writer, withData) =>
    {
        writer.WriteString("name", state);
        writer.WriteData(member, withData ? data : null, "truncated");
    });
}
