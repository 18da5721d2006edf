using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Execution;

/// <summary>One step. Its JSON is kept: a status is published twice for every step, and all but the last are as they were.</summary>
internal sealed class StepEntry(string state, DateTime startedAt, int attempt)
{
    private byte[]? _json;
    private int _length;

    /// <summary>The state's name.</summary>
    public string State => state;

    /// <summary>What went in, where that is not what came out of the step before.</summary>
    public JsonElement? Given { get; init; }

    /// <summary>When it ended (UTC, whole milliseconds); null while it is open.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>The payload before it.</summary>
    public JsonElement? Before { get; private set; }

    /// <summary>The payload after it; null while it is open, or when it failed.</summary>
    public JsonElement? After { get; private set; }

    /// <summary>What it shows beside its payloads: how something inside it went, and members of the answer that it took.</summary>
    public IReadOnlyList<(string Name, JsonElement Value)> Shown { get; private set; } = [];

    /// <summary>Why it failed, when the workflow went on from there.</summary>
    public ErrorDetails? Error { get; private set; }

    /// <summary>The step as it is published.</summary>
    public ReadOnlySpan<byte> Json => _json ?? Written();

    /// <summary>How many characters of escaped JSON that is: see <see cref="StatusLimit.Length"/>.</summary>
    public int Length
    {
        get
        {
            _ = _json ?? Written();
            return _length;
        }
    }

    /// <summary>Shows something more.</summary>
    public void Show(string name, JsonElement value) => (Shown, _json) = ([.. Shown, (name, value)], null);

    /// <summary>It ended without a result.</summary>
    public void Break(DateTime at) => (EndedAt, _json) = (at, null);

    /// <summary>It ended with one.</summary>
    public void End(DateTime at, JsonElement? before, JsonElement after, IReadOnlyList<(string Name, JsonElement Value)> answer, ErrorDetails? error) =>
        (EndedAt, Before, After, Shown, Error, _json) = (at, before, after, [.. Shown, .. answer], error, null);

    private byte[] Written()
    {
        _json = JsonText.Write(writer => Write(writer, default));
        _length = StatusLimit.Length(_json);
        return _json;
    }

    /// <summary>Writes the step.</summary>
    public void Write(Utf8JsonWriter writer, StatusCut cut)
    {
        writer.WriteStartObject();
        writer.WriteString("state", state);
        writer.WriteString("startedAt", startedAt);
        if (EndedAt is { } endedAt)
            writer.WriteString("endedAt", endedAt);
        else
            writer.WriteNull("endedAt");
        writer.WriteNumber("attempt", attempt);
        if (!cut.Payloads && Given is { } given)
        {
            writer.WritePropertyName("given");
            given.WriteTo(writer);
        }
        if (!cut.Payloads && After is { } after)
        {
            writer.WritePropertyName("changed");
            Delta.Write(writer, Before, after);
        }
        foreach (var (name, value) in Shown)
        {
            writer.WritePropertyName(name);
            if (cut.Texts && value.AsText() is { } text)
                writer.WriteStringValue(Excerpt.Cut(text, StatusLimit.ShortTextLength));
            else
                value.WriteTo(writer);
        }
        if (Error is { } error)
        {
            writer.WritePropertyName("error");
            ErrorDetails.Write(writer, cut.Texts ? error with { Message = Excerpt.Cut(error.Message, StatusLimit.ShortTextLength) } : error);
        }
        writer.WriteEndObject();
    }
}
