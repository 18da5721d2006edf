using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Settings;

namespace CallCenter.Api.Cases;

/// <summary>
/// Reads a JSON object that may hold known properties only, each once, and notes everything that is wrong with it: a caller
/// should not have to find the faults one by one.
/// </summary>
internal sealed class JsonObjectReader
{
    private const int MostErrors = 20;

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly List<FieldError> _errors;
    private readonly string _path;

    private JsonObjectReader(JsonElement element, string path, List<FieldError> errors, string[] known)
    {
        (_path, _errors) = (path, errors);
        foreach (var property in element.EnumerateObject())
        {
            var name = property.NameAsText();
            if (name is null || !known.Contains(name, StringComparer.Ordinal))
                Add(name ?? "?", $"The property '{Excerpt.Short(path + (name ?? "?"))}' is not known. {Nearest.Hint(name, known)}");
            else if (!_values.TryAdd(name, property.Value))
                Add(name, $"'{path}{name}' is given twice. Give it once.");
        }
    }

    /// <summary>The reader of a whole body.</summary>
    /// <exception cref="RefusedException">400: the body is no object.</exception>
    public static JsonObjectReader OfBody(JsonDocument body, List<FieldError> errors, string example, params string[] known) =>
        body.RootElement.ValueKind == JsonValueKind.Object
            ? new JsonObjectReader(body.RootElement, "", errors, known)
            : throw new RefusedException(Problem.Of(400, $"The body is {Kind(body.RootElement)}. Send a JSON object such as {example}."));

    /// <summary>The reader of an object within, or null when it is not there (or is no object).</summary>
    public JsonObjectReader? Object(string name, params string[] known)
    {
        if (!_values.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new JsonObjectReader(value, $"{_path}{name}.", _errors, known);
        Add(name, $"'{_path}{name}' must be an object, not {Kind(value)}.");
        return null;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A string, or null when it is not there or is none.</summary>
    public string? Text(string name)
    {
        if (!_values.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            Add(name, $"'{_path}{name}' must be a string, not {Kind(value)}.");
        else if (value.AsText() is { } text)
            return text;
        else
            Add(name, $"'{_path}{name}' holds half a surrogate pair, which is no text.");
        return null;
    }

    public bool? Boolean(string name)
    {
        if (!_values.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Add(name, $"'{_path}{name}' must be true or false, not {Kind(value)}.");
        return null;
    }

    public int Integer(string name, (int Min, int Max) range, int absent)
    {
        if (!_values.TryGetValue(name, out var value))
            return absent;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= range.Min && number <= range.Max)
            return number;
        Add(name, $"'{_path}{name}' must be a whole number from {range.Min} to {range.Max}{Not(value)}.");
        return absent;
    }

    public double Number(string name, (double Min, double Max) range, double absent)
    {
        if (!_values.TryGetValue(name, out var value))
            return absent;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= range.Min && number <= range.Max)
            return number;
        Add(name, FormattableString.Invariant($"'{_path}{name}' must be a number from {range.Min} to {range.Max}{Not(value)}."));
        return absent;
    }

    public T OneOf<T>(string name, IReadOnlyDictionary<string, T> choices, T absent)
    {
        if (!_values.TryGetValue(name, out var value))
            return absent;
        if (value.AsText() is { } text && choices.TryGetValue(text, out var choice))
            return choice;
        Add(name, $"'{_path}{name}' must be one of {string.Join(", ", choices.Keys.Select(key => $"\"{key}\""))}{Not(value)}.");
        return absent;
    }

    /// <summary>Notes that a property is wrong.</summary>
    public void Add(string name, string message)
    {
        if (_errors.Count < MostErrors)
            _errors.Add(new FieldError(Excerpt.Short(_path + name), message));
    }

    private static string Not(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? $", not {Excerpt.Short(value.GetRawText())}" : $", not {Kind(value)}";

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
