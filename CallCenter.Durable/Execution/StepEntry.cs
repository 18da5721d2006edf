using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Execution;

/// <summary>One step, at one moment.</summary>
internal sealed class StepEntry(string state, DateTime startedAt, int attempt)
{
    /// <summary>More than the names, times and numbers of a step take, in characters.</summary>
    private const int Frame = 200;


    /// <summary>The state's name.</summary>
    public string State => state;

    /// <summary>When it began (UTC, whole milliseconds).</summary>
    public DateTime StartedAt => startedAt;

    /// <summary>What went in, where that is not what came out of the step before.</summary>
    public JsonElement? Given { get; init; }

    /// <summary>When it ended (UTC, whole milliseconds); null while it is open.</summary>
    public DateTime? EndedAt { get; private init; }

    /// <summary>The payload before it.</summary>
    public JsonElement? Before { get; private init; }

    /// <summary>The payload after it; null while it is open, or when it failed.</summary>
    public JsonElement? After { get; private init; }

    /// <summary>What it shows beside its payloads: how something inside it went, and members of the answer that it took.</summary>
    public IReadOnlyList<(string Name, JsonElement Value)> Shown { get; private init; } = [];

    /// <summary>Why it failed, when the workflow went on from there.</summary>
    public ErrorDetails? Error { get; private init; }

    /// <summary>At least as many characters of escaped JSON as the step takes, see <see cref="StatusLimit.Length(ReadOnlySpan{byte})"/>.</summary>
    public int Most
    {
        get
        {
            var length = Frame + StatusLimit.Most(state) + StatusLimit.Most(Error?.Type) + StatusLimit.Most(Error?.Message);
            if (Given is { } given)
                length += StatusLimit.Length(given);
            if (After is { } after)
                length += Delta.Most(Before, after);
            foreach (var (name, value) in Shown)
                length += Frame + StatusLimit.Most(name) + StatusLimit.Length(value);
            return length;
        }
    }

    /// <summary>The step as it shows something more.</summary>
    public StepEntry Showing(string name, JsonElement value) =>
        new(state, startedAt, attempt) { Given = Given, EndedAt = EndedAt, Before = Before, After = After, Shown = [.. Shown, (name, value)], Error = Error };

    /// <summary>The step as it ended without a result.</summary>
    public StepEntry Broken(DateTime at) => new(state, startedAt, attempt) { Given = Given, EndedAt = at, Shown = Shown };

    /// <summary>The step as it ended with one.</summary>
    public StepEntry Ended(DateTime at, JsonElement? before, JsonElement after, IReadOnlyList<(string Name, JsonElement Value)> answer, ErrorDetails? error) =>
        new(state, startedAt, attempt) { Given = Given, EndedAt = at, Before = before, After = after, Shown = [.. Shown, .. answer], Error = error };

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
}
