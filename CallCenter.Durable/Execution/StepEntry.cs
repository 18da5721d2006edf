using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Execution;

/// <summary>One step. Once it has ended its JSON is kept: every status from then on has it as it was.</summary>
internal sealed class StepEntry(string state, DateTime startedAt, int attempt)
{
    /// <summary>More than the names, times and numbers of an open step take, in characters.</summary>
    private const int Frame = 160;

    private byte[]? _json;
    private int _length;

    /// <summary>The state's name.</summary>
    public string State => state;

    /// <summary>When it began (UTC, whole milliseconds).</summary>
    public DateTime StartedAt => startedAt;

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

    /// <summary>
    /// At least as many characters of escaped JSON as the step takes, see <see cref="StatusLimit.Length(ReadOnlySpan{byte})"/>; exactly those once it has ended.
    /// </summary>
    public int Most
    {
        get
        {
            if (EndedAt is null)
                return MostWhileOpen();
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

    /// <summary>Writes the step as a whole.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        if (EndedAt is null)
            Write(writer, default);
        else
            writer.WriteRawValue(_json ?? Written(), skipInputValidation: true);
    }

    /// <summary>Writes the step but for what is cut.</summary>
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

    private byte[] Written()
    {
        _json = JsonText.Write(writer => Write(writer, default));
        _length = StatusLimit.Length(_json);
        return _json;
    }

    /// <summary>It is not written for that: an open step is another one in the next status.</summary>
    private int MostWhileOpen()
    {
        var length = Frame + StatusLimit.Most(state);
        if (Given is { } given)
            length += StatusLimit.Length(given);
        foreach (var (name, value) in Shown)
            length += Frame + StatusLimit.Most(name) + StatusLimit.Length(value);
        return length;
    }
}
